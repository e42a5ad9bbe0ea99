package io.weighbridge.hasher.format;

import java.io.IOException;
import java.nio.ByteBuffer;

/** Bytes that can be read by position: a file, or an entry of an archive. */
public interface ByteRange {

    long sizeBytes();

    /**
     * Fills what remains of {@code target} with the bytes from {@code offset}.
     *
     * @param what the subject of the error message
     * @throws ModelFormatException if there are fewer bytes
     */
    void readInto(ByteBuffer target, long offset, String what) throws IOException;

    /** Notes that these bytes are known to belong to the model that is read, also those of them that need not be read. */
    default void claim(long offset, long length) {}
}
