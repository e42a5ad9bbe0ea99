package io.weighbridge.hasher.format.zip;

import io.weighbridge.hasher.format.ModelBytes;
import io.weighbridge.hasher.format.ModelFormatException;

/** How many bytes all compressed content of one file, at every depth, may still give, each reading of an entry included. */
final class InflateBudget {

    /** An entry is read at least twice: its checksum first, its numbers later. */
    private static final int READS = 4;

    private final ModelBytes file;
    private final long maxInflatedBytes;

    InflateBudget(ModelBytes file, long maxInflatedBytes) {
        this.file = file;
        this.maxInflatedBytes = maxInflatedBytes;
    }

    void spend(long bytes) throws ModelFormatException {
        if (file.countInflated(bytes) / READS >= maxInflatedBytes) {
            throw ModelFormatException.tooLarge("zip archive: reading it inflates more than " + READS
                    + " times maxInflatedBytes = " + maxInflatedBytes);
        }
    }
}
