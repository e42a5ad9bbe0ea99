package io.weighbridge.alerting.sink.webhook;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** A shared secret that can sign, and that no log or message can show. */
final class Secret {

    private static final String HMAC = "HmacSHA256";

    private final SecretKeySpec key;

    /** @param text not empty */
    Secret(String text) {
        key = new SecretKeySpec(text.getBytes(StandardCharsets.UTF_8), HMAC);
    }

    /** HMAC-SHA-256 of the parts, one after the other. */
    byte[] sign(byte[]... parts) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(key);
            for (byte[] part : parts) {
                mac.update(part);
            }
            return mac.doFinal();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has " + HMAC, e);
        }
    }

    @Override
    public String toString() {
        return "Secret[…]";
    }
}
