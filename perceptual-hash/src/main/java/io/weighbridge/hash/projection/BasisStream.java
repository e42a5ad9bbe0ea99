package io.weighbridge.hash.projection;

import io.weighbridge.hash.SiteKey;

/**
 * The pseudo-random bases: SplitMix64 (Steele, Lea, Flood: Fast Splittable Pseudorandom Number Generators, OOPSLA 2014) read by
 * position, so that any entry of a basis is known without the entries before it, on every JVM.
 */
final class BasisStream {

    private static final long GOLDEN_GAMMA = 0x9e3779b97f4a7c15L;
    private static final double SQRT_3 = Math.sqrt(3);

    private final long seed;

    /** The public basis of a purpose (a short text) and the numbers that key it, e.g. a shape. */
    BasisStream(String purpose, int... key) {
        this(SiteKey.NONE, purpose, key);
    }

    /** The same, of a site's own. */
    BasisStream(SiteKey site, String purpose, int... key) {
        long state = site.seed();
        for (int i = 0; i < purpose.length(); i++) {
            state = mix(state + purpose.charAt(i) + GOLDEN_GAMMA);
        }
        for (int part : key) {
            state = mix(state + part + GOLDEN_GAMMA);
        }
        this.seed = state;
    }

    /** The 64 bits at a position. */
    long bits(long position) {
        return mix(seed + (position + 1) * GOLDEN_GAMMA);
    }

    /** Uniform in [0, 1), a multiple of 2⁻⁵³. */
    double uniform(long position) {
        return (bits(position) >>> 11) * 0x1p-53;
    }

    /** Nearly normal, mean 0, variance 1: the sum of four 16-bit uniforms (Irwin-Hall), exact arithmetic but for the last product. */
    double normal(long position) {
        long b = bits(position);
        long sum = (b & 0xffff) + (b >>> 16 & 0xffff) + (b >>> 32 & 0xffff) + (b >>> 48);
        return (sum * 0x1p-16 - 2) * SQRT_3;
    }

    private static long mix(long state) {
        long z = state;
        z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }
}
