package io.weighbridge.app.http.access;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.regex.Pattern;
import java.util.zip.CRC32;

/**
 * The secret text of a token: {@code wb_}, 256 random bits in 43 letters and digits, and their CRC-32 in 6. The prefix and the checksum let
 * scanners find a leaked one without false alarms, and tell a misspelt one from one that was revoked.
 */
final class TokenText {

    private static final String PREFIX = "wb_";
    private static final int RANDOM_BITS = 256;
    private static final int RANDOM_DIGITS = 43;
    private static final int CHECK_DIGITS = 6;
    private static final Pattern FORM = Pattern.compile("wb_[0-9A-Za-z]{" + (RANDOM_DIGITS + CHECK_DIGITS) + "}");
    private static final String DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private static final BigInteger BASE = BigInteger.valueOf(DIGITS.length());

    private TokenText() {}

    /** A new one. */
    static String random(SecureRandom random) {
        String secret = digits(new BigInteger(RANDOM_BITS, random), RANDOM_DIGITS);
        return PREFIX + secret + checksum(secret);
    }

    /** Whether the text can be a token at all: form and checksum. */
    static boolean isWellFormed(String text) {
        if (!FORM.matcher(text).matches()) {
            return false;
        }
        int end = PREFIX.length() + RANDOM_DIGITS;
        return text.substring(end).equals(checksum(text.substring(PREFIX.length(), end)));
    }

    /**
     * The SHA-256 of a token in hexadecimal, by which it is known. A slow hash with a salt protects passwords, because people choose few of
     * them; nobody can try 2^256 tokens, so one round is enough, and costs nothing at each request.
     */
    static String hash(String text) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String checksum(String secret) {
        var crc = new CRC32();
        crc.update(secret.getBytes(StandardCharsets.US_ASCII));
        return digits(BigInteger.valueOf(crc.getValue()), CHECK_DIGITS);
    }

    private static String digits(BigInteger value, int length) {
        var text = new StringBuilder();
        for (BigInteger rest = value; text.length() < length; rest = rest.divide(BASE)) {
            text.append(DIGITS.charAt(rest.mod(BASE).intValue()));
        }
        return text.reverse().toString();
    }
}
