package io.weighbridge.hasher.fetch;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.Locale;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Addresses that carry the right to read one object, signed after AWS Signature Version 4 ("query string authentication"): the keys
 * themselves are never sent.
 *
 * @param sessionToken of temporary keys; empty for lasting ones
 */
record SigV4(String accessKey, String secretKey, String sessionToken, String region, String service) {

    private static final String ALGORITHM = "AWS4-HMAC-SHA256";
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final int DATE_CHARS = 8;

    /** The address with a signature that lets it be read from a moment on, for so long. @param address without a query */
    URI presign(URI address, Instant now, Duration validity) {
        String time = TIME.format(now);
        String scope = time.substring(0, DATE_CHARS) + "/" + region + "/" + service + "/aws4_request";
        var query = new TreeMap<String, String>();
        query.put("X-Amz-Algorithm", ALGORITHM);
        query.put("X-Amz-Credential", accessKey + "/" + scope);
        query.put("X-Amz-Date", time);
        query.put("X-Amz-Expires", String.valueOf(validity.toSeconds()));
        query.put("X-Amz-SignedHeaders", "host");
        if (!sessionToken.isEmpty()) {
            query.put("X-Amz-Security-Token", sessionToken);
        }
        String asked = query.entrySet().stream()
                .map(entry -> encode(entry.getKey()) + "=" + encode(entry.getValue()))
                .collect(Collectors.joining("&"));
        String canonical = String.join(
                "\n",
                "GET",
                address.getRawPath(),
                asked,
                "host:" + address.getRawAuthority().toLowerCase(Locale.ROOT),
                "",
                "host",
                "UNSIGNED-PAYLOAD");
        String toSign = String.join("\n", ALGORITHM, time, scope, sha256(canonical));
        String signature = HexFormat.of().formatHex(hmac(signingKey(time.substring(0, DATE_CHARS)), toSign));
        return URI.create(address + "?" + asked + "&X-Amz-Signature=" + signature);
    }

    /** The key of a day, a region and a service. @param date as 20130524 */
    byte[] signingKey(String date) {
        byte[] key = ("AWS4" + secretKey).getBytes(StandardCharsets.UTF_8);
        for (var part : new String[] {date, region, service, "aws4_request"}) {
            key = hmac(key, part);
        }
        return key;
    }

    /** All but letters, digits and {@code -._~} as percent signs and capital digits, as the signature wants it. */
    static String encode(String text) {
        var encoded = new StringBuilder();
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            boolean isPlain =
                    b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z' || b >= '0' && b <= '9' || "-._~".indexOf(b) >= 0;
            encoded.append(isPlain ? String.valueOf((char) b) : String.format(Locale.ROOT, "%%%02X", b));
        }
        return encoded.toString();
    }

    private static byte[] hmac(byte[] key, String text) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JVM has HmacSHA256", e);
        }
    }

    private static String sha256(String text) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JVM has SHA-256", e);
        }
    }

    /** The keys stay out. */
    @Override
    public String toString() {
        return "SigV4 for " + region + "/" + service;
    }
}
