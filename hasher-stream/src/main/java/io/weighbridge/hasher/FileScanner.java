package io.weighbridge.hasher;

import io.weighbridge.hasher.format.Siblings;
import io.weighbridge.schemas.avro.FileScan;
import java.nio.file.Path;
import java.time.Duration;

/** Reads and hashes one file on this machine. */
@FunctionalInterface
interface FileScanner {

    /**
     * Scans a file.
     *
     * @param path the name of the file in the outcome
     * @param limit the time it may take
     * @param siblings the other files of its repository
     */
    FileScan scan(Path file, String path, Duration limit, Siblings siblings);
}
