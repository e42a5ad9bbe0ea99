package io.weighbridge.hasher;

import io.weighbridge.hasher.format.ByteRange;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The SHA-256 of a file, read as a stream. */
final class FileDigest {

    private static final int CHUNK_BYTES = 1 << 18;

    private FileDigest() {}

    /** 64 lower-case hexadecimal digits. */
    static String sha256(ByteRange file) throws IOException {
        var digest = newDigest();
        var chunk = ByteBuffer.allocate(CHUNK_BYTES);
        for (long offset = 0; offset < file.sizeBytes(); offset += CHUNK_BYTES) {
            chunk.clear().limit((int) Math.min(CHUNK_BYTES, file.sizeBytes() - offset));
            file.readInto(chunk, offset, "file");
            digest.update(chunk.flip());
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static MessageDigest newDigest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
