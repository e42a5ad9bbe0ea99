package io.weighbridge.hasher;

import io.weighbridge.hasher.format.ByteRange;
import io.weighbridge.hasher.format.Siblings;
import io.weighbridge.schemas.avro.FileScan;
import java.time.Duration;

/** Reads and hashes one file. */
@FunctionalInterface
interface FileScanner {

    /**
     * Scans a file.
     *
     * @param file its bytes; closed by the scan, if they can be
     * @param path the name of the file in the outcome
     * @param limit the time it may take
     * @param siblings the other files of its repository
     */
    FileScan scan(ByteRange file, String path, Duration limit, Siblings siblings);
}
