package io.weighbridge.alerting.sink.email;

import io.weighbridge.alerting.sink.attempt.SinkOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;

/** Trust in the authorities of one file, and in no others: for servers whose certificates a company makes itself. */
final class PemTrust {

    private PemTrust() {}

    /** From the certificates (PEM) in the file that the setting names; empty if it is not set, or cannot be used, which is noted. */
    static Optional<SSLSocketFactory> of(SinkOptions options, String key) {
        String file = options.text(key, "");
        if (file.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(trusting(keyStore(Path.of(file))));
        } catch (IOException | GeneralSecurityException | InvalidPathException e) {
            options.problem(key, "expected a file of certificates in PEM, got " + e);
            return Optional.empty();
        }
    }

    private static KeyStore keyStore(Path file) throws IOException, GeneralSecurityException {
        var store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        try (var in = Files.newInputStream(file)) {
            int count = 0;
            for (Certificate certificate :
                    CertificateFactory.getInstance("X.509").generateCertificates(in)) {
                store.setCertificateEntry("authority-" + count++, certificate);
            }
        }
        if (store.size() == 0) {
            throw new IOException(file + " holds none");
        }
        return store;
    }

    private static SSLSocketFactory trusting(KeyStore authorities) throws GeneralSecurityException {
        var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(authorities);
        var context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context.getSocketFactory();
    }
}
