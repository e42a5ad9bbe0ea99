package io.weighbridge.app.replay;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;

/** A private Ed25519 key, as {@code openssl genpkey -algorithm ed25519} writes it. */
public final class SigningKey {

    private static final String ALGORITHM = "Ed25519";

    private final PrivateKey key;

    private SigningKey(PrivateKey key) {
        this.key = key;
    }

    /** @throws IOException if the file cannot be read, or holds no such key; the message names it */
    public static SigningKey read(Path file) throws IOException {
        String pem = Files.readString(file, StandardCharsets.US_ASCII);
        String base64 = pem.replaceAll("-----[A-Z ]+-----", "").replaceAll("\\s", "");
        try {
            var spec = new PKCS8EncodedKeySpec(Base64.getDecoder().decode(base64));
            return new SigningKey(KeyFactory.getInstance(ALGORITHM).generatePrivate(spec));
        } catch (IllegalArgumentException | GeneralSecurityException e) {
            throw new IOException(file + ": expected a private key of Ed25519 in PEM (PKCS 8), got another", e);
        }
    }

    /** The signature of 64 bytes. */
    byte[] sign(byte[] bytes) {
        try {
            Signature signature = Signature.getInstance(ALGORITHM);
            signature.initSign(key);
            signature.update(bytes);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform of ours has " + ALGORITHM, e);
        }
    }

    @Override
    public String toString() {
        return "SigningKey[…]";
    }
}
