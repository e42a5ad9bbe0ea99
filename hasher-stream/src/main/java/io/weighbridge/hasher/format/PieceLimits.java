package io.weighbridge.hasher.format;

/**
 * How a strided view reads its source.
 *
 * @param maxNumbers most numbers of the source held at a time
 * @param maxGap most numbers between two wanted ones that are read and thrown away: about what reading anew costs
 */
record PieceLimits(int maxNumbers, int maxGap) {

    /** 1 MB, which stays in the processor's cache, and gaps of 8 KB: what the system call for another read costs is about theirs. */
    static final PieceLimits STANDARD = new PieceLimits(1 << 18, 1 << 11);
}
