package io.weighbridge.matcher.store;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * What makes an entry one and the same: the first 128 bits of the SHA-256 of the protected model's id, or of the upload's id and the path in
 * it.
 */
public record Identity(long high, long low) implements Comparable<Identity> {

    /** Length in keys. */
    static final int BYTES = 16;

    /** @param path empty for a protected model */
    public static Identity of(CodeSide side, String id, String path) {
        try {
            var sha256 = MessageDigest.getInstance("SHA-256");
            byte[] idBytes = id.getBytes(StandardCharsets.UTF_8);
            sha256.update(ByteBuffer.allocate(1 + Integer.BYTES)
                    .put(side.id())
                    .putInt(idBytes.length)
                    .flip());
            sha256.update(idBytes);
            var digest = ByteBuffer.wrap(sha256.digest(path.getBytes(StandardCharsets.UTF_8)));
            return new Identity(digest.getLong(), digest.getLong());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    @Override
    public int compareTo(Identity other) {
        int byHigh = Long.compareUnsigned(high, other.high);
        return byHigh != 0 ? byHigh : Long.compareUnsigned(low, other.low);
    }
}
