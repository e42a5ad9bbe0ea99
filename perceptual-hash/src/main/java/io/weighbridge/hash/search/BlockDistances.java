package io.weighbridge.hash.search;

/**
 * The inner loops of {@link CodeBlocks}. All arrays have one length. Each loop is so plain that C2 vectorises it: no offsets into the
 * arrays, no branches, {@code int} throughout (on JDK 17 population counts of {@code long} stay scalar).
 */
final class BlockDistances {

    private BlockDistances() {}

    static void set(int[] distances, int[] a, int[] b, int x, int y) {
        for (int i = 0; i < distances.length; i++) {
            distances[i] = Integer.bitCount(a[i] ^ x) + Integer.bitCount(b[i] ^ y);
        }
    }

    static void set(int[] distances, int[] a, int[] b, int[] c, int[] d, int x, int y, int z, int w) {
        for (int i = 0; i < distances.length; i++) {
            distances[i] = Integer.bitCount(a[i] ^ x)
                    + Integer.bitCount(b[i] ^ y)
                    + Integer.bitCount(c[i] ^ z)
                    + Integer.bitCount(d[i] ^ w);
        }
    }

    static void add(int[] distances, int[] a, int[] b, int x, int y) {
        for (int i = 0; i < distances.length; i++) {
            distances[i] += Integer.bitCount(a[i] ^ x) + Integer.bitCount(b[i] ^ y);
        }
    }

    static void add(int[] distances, int[] a, int[] b, int[] c, int[] d, int x, int y, int z, int w) {
        for (int i = 0; i < distances.length; i++) {
            distances[i] += Integer.bitCount(a[i] ^ x)
                    + Integer.bitCount(b[i] ^ y)
                    + Integer.bitCount(c[i] ^ z)
                    + Integer.bitCount(d[i] ^ w);
        }
    }

    /** By the sign bits: unlike a minimum, whose loop C2 leaves scalar and seven times as slow, an OR of all is vectorised. */
    static boolean isAnyWithin(int[] distances, int radiusBits) {
        int signs = 0;
        for (int i = 0; i < distances.length; i++) {
            signs |= distances[i] - radiusBits - 1;
        }
        return signs < 0;
    }
}
