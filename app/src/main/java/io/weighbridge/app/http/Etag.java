package io.weighbridge.app.http;

import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/** What tells two states of a resource apart. */
public record Etag(String value) {

    private static final int DIGEST_BYTES = 12;

    /** Of a resource that counts its changes. */
    public static Etag ofVersion(int version) {
        return new Etag("\"" + version + "\"");
    }

    /** Of what is answered. */
    static Etag ofBytes(byte[] body) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(body);
            return new Etag("\"" + HexFormat.of().formatHex(digest, 0, DIGEST_BYTES) + "\"");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /**
     * Refuses a change of a resource that is no longer as the client knows it.
     *
     * @throws ProblemException with status 412 if {@code If-Match} names other states only
     */
    public void requireMatch(Context context) {
        String wanted = context.header("If-Match");
        if (wanted != null && !isNamedIn(wanted)) {
            throw new ProblemException(
                    HttpStatus.PRECONDITION_FAILED, "If-Match: expected " + value + ", got " + wanted);
        }
    }

    /** Whether the client has this state already. */
    boolean isKnownTo(Context context) {
        String known = context.header("If-None-Match");
        return known != null && isNamedIn(known);
    }

    private boolean isNamedIn(String header) {
        return header.strip().equals("*")
                || Arrays.stream(header.split(","))
                        .map(tag -> tag.strip().replaceFirst("^W/", ""))
                        .anyMatch(value::equals);
    }
}
