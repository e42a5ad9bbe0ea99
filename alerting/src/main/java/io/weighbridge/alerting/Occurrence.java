package io.weighbridge.alerting;

import io.weighbridge.schemas.avro.InfringementAlert;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;

/**
 * One match behind an alert: this file of this upload against this file of the protected model, in one algorithm. An alert that is sent or
 * delivered again is the same occurrence; a new upload, or new weights of the protected model, is another one.
 *
 * @param id 32 hexadecimal digits, the same on every machine and in every replay
 */
public record Occurrence(String id) {

    private static final int ID_BYTES = 16;

    /** The occurrence that an alert speaks of. */
    public static Occurrence of(InfringementAlert alert) {
        var parts = List.of(
                alert.getAlertId(),
                alert.getUpload().getId(),
                alert.getUploadFile().getPath(),
                alert.getAlgorithm(),
                Integer.toString(alert.getVersion()),
                Objects.requireNonNullElse(alert.getProtectedFile().getSha256(), ""));
        return new Occurrence(HexFormat.of().formatHex(digest(parts), 0, ID_BYTES));
    }

    /** The first 8 bytes of the id: enough to tell apart the occurrences of one case. */
    long key() {
        return Long.parseUnsignedLong(id, 0, 2 * Long.BYTES, 16);
    }

    /** Each part is led by its length, so that no two lists of parts read the same. */
    private static byte[] digest(List<String> parts) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            for (String part : parts) {
                byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
                digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, bytes.length));
                digest.update(bytes);
            }
            return digest.digest();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
