package io.weighbridge.hasher.format.zip;

/**
 * One entry of a zip archive, as its central directory states it.
 *
 * @param method 0 stored, 8 deflated
 * @param headerOffset of the local header
 */
record ZipEntryInfo(
        String name, int flags, int method, long crc, long compressedBytes, long sizeBytes, long headerOffset) {

    static final int STORED = 0;
    static final int DEFLATED = 8;

    private static final int ENCRYPTED = 1;
    private static final int STRONGLY_ENCRYPTED = 1 << 6;
    private static final int SIZES_FOLLOW = 1 << 3;
    private static final int MASKED = 1 << 13;

    boolean isEncrypted() {
        return (flags & (ENCRYPTED | STRONGLY_ENCRYPTED | MASKED)) != 0;
    }

    /** Whether the local header may leave sizes and checksum to a descriptor behind the data. */
    boolean sizesFollow() {
        return (flags & SIZES_FOLLOW) != 0;
    }
}
