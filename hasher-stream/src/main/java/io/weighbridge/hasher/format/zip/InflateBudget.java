package io.weighbridge.hasher.format.zip;

import io.weighbridge.hasher.format.ModelFormatException;

/** How many bytes all compressed entries of one archive may still give, each reading of an entry included. */
final class InflateBudget {

    /** An entry is read at least twice: its checksum first, its numbers later. */
    private static final int READS = 4;

    private final long maxInflatedBytes;
    private long leftBytes;

    InflateBudget(long maxInflatedBytes) {
        this.maxInflatedBytes = maxInflatedBytes;
        this.leftBytes = Math.multiplyExact(maxInflatedBytes, READS);
    }

    void spend(long bytes) throws ModelFormatException {
        leftBytes -= bytes;
        if (leftBytes < 0) {
            throw ModelFormatException.tooLarge("zip archive: reading it inflates more than " + READS
                    + " times maxInflatedBytes = " + maxInflatedBytes);
        }
    }
}
