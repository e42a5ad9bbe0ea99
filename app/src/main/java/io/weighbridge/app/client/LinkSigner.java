package io.weighbridge.app.client;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Signs links with HMAC-SHA-256 and a key that lies beside the files, so that they hold over a restart. */
final class LinkSigner {

    private static final String KEY_FILE = "link.key";
    private static final int KEY_BYTES = 32;
    private static final String ALGORITHM = "HmacSHA256";

    private final SecretKeySpec key;

    private LinkSigner(byte[] key) {
        this.key = new SecretKeySpec(key, ALGORITHM);
    }

    /** With the key in the folder, which is made if there is none; only its owner can read it. */
    static LinkSigner in(Path folder) throws IOException {
        Path file = folder.resolve(KEY_FILE);
        byte[] fresh = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(fresh);
        try {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.write(file, fresh, StandardOpenOption.WRITE);
            return new LinkSigner(fresh);
        } catch (FileAlreadyExistsException e) {
            byte[] known = Files.readAllBytes(file);
            if (known.length != KEY_BYTES) {
                throw new IOException(file + ": expected " + KEY_BYTES + " bytes, got " + known.length);
            }
            return new LinkSigner(known);
        }
    }

    String sign(String text) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
        }
    }

    /** Whether this is the signature of the text; takes the same time wherever they differ. */
    boolean isSignature(String text, String signature) {
        return MessageDigest.isEqual(
                sign(text).getBytes(StandardCharsets.UTF_8), signature.getBytes(StandardCharsets.UTF_8));
    }
}
