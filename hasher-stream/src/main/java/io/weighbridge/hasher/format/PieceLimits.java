package io.weighbridge.hasher.format;

/**
 * How a strided view reads its source.
 *
 * @param maxNumbers most numbers of the source held at a time
 * @param maxGap most numbers between two wanted ones that are read and thrown away: about what reading anew costs
 */
record PieceLimits(int maxNumbers, int maxGap) {

    /** 4 MB, and 4 KB in single precision. */
    static final PieceLimits STANDARD = new PieceLimits(1 << 20, 1 << 10);
}
