package io.weighbridge.app.bench;

import java.util.OptionalLong;

/**
 * What one file took, on one thread, by wall time.
 *
 * @param format as the file was told by its content
 * @param sizeBytes of all files of the model
 * @param sha256Nanos digest of these files alone, by the {@link DigestPeer}
 * @param readNanos every weight as a number, without hash and digest
 * @param scanNanos digest, reading and all hashes, as an upload is scanned
 * @param heapBytes most heap in use meanwhile, garbage included
 * @param residentBytes most resident memory of the process meanwhile; empty if the system does not tell
 */
public record ReadFigures(
        String format,
        String file,
        long sizeBytes,
        long sha256Nanos,
        long readNanos,
        long scanNanos,
        long heapBytes,
        OptionalLong residentBytes) {

    /** Of the file, whatever its numbers become in memory. */
    public double megabytesPerSecond(long nanos) {
        return sizeBytes * 1e3 / nanos;
    }
}
