package io.weighbridge.hash;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * A secret that decides on which pseudo-random basis weights are projected, so that nobody without it can tell which change of a model
 * moves its code. Codes of different keys are not comparable: the algorithms carry a fingerprint of their key in their names.
 *
 * <p>The basis is seeded with 64 bits of SHA-256 of the secret; the fingerprint is 28 others. Neither gives the secret away.
 */
public final class SiteKey {

    /** No secret: the basis that everybody knows. */
    public static final SiteKey NONE = new SiteKey(0, "");

    /** Bytes of the shortest secret. */
    public static final int MIN_BYTES = 16;

    private static final String PURPOSE = "weighbridge site key 1";
    private static final int FINGERPRINT_LETTERS = 6;

    private final long seed;
    private final String fingerprint;

    private SiteKey(long seed, String fingerprint) {
        this.seed = seed;
        this.fingerprint = fingerprint;
    }

    /**
     * The key of a secret, which should be drawn at random.
     *
     * @throws IllegalArgumentException if it has fewer than {@value #MIN_BYTES} bytes
     */
    public static SiteKey of(byte[] secret) {
        if (secret.length < MIN_BYTES) {
            throw new IllegalArgumentException(
                    "site key: expected at least " + MIN_BYTES + " bytes, got " + secret.length);
        }
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            digest.update(PURPOSE.getBytes(StandardCharsets.US_ASCII));
            var bytes = ByteBuffer.wrap(digest.digest(secret));
            return new SiteKey(bytes.getLong(), letters(bytes.getInt() & Integer.MAX_VALUE));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** The id of an algorithm with this key, such as {@code pri-qkdwfz@3}; as it is without a key. */
    public AlgorithmId idOf(String family, int version) {
        return new AlgorithmId(fingerprint.isEmpty() ? family : family + "-" + fingerprint, version);
    }

    /** What a basis begins with; 0 without a key. */
    public long seed() {
        return seed;
    }

    /** The fingerprint, never the secret. */
    @Override
    public String toString() {
        return fingerprint.isEmpty() ? "no site key" : "site key " + fingerprint;
    }

    private static String letters(int number) {
        var letters = new StringBuilder();
        int rest = number;
        for (int i = 0; i < FINGERPRINT_LETTERS; i++) {
            letters.append((char) ('a' + rest % 26));
            rest /= 26;
        }
        return letters.toString();
    }
}
