package io.weighbridge.app.secured;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A key of a party on this machine, made for one test, with its certificate, and what whoever talks to it trusts. */
final class KeyStores {

    private final Path folder;
    private final String password = secret();

    private KeyStores(Path folder) {
        this.folder = folder;
    }

    /** @param folder exists; of this party alone */
    static KeyStores make(Path folder, String distinguishedName) throws IOException, InterruptedException {
        var stores = new KeyStores(folder);
        stores.keytool(
                stores.keyStore(),
                List.of("-genkeypair", "-alias", "own", "-keyalg", "EC", "-dname", distinguishedName, "-validity", "2"),
                List.of("-ext", "san=ip:127.0.0.1,dns:localhost"));
        stores.keytool(
                stores.keyStore(), List.of("-exportcert", "-alias", "own", "-file", stores.certificate()), List.of());
        stores.trust("own", stores);
        return stores;
    }

    /** Trusts another party, too. */
    void trust(String alias, KeyStores other) throws IOException, InterruptedException {
        keytool(
                trustStore(),
                List.of("-importcert", "-alias", alias, "-file", other.certificate(), "-noprompt"),
                List.of());
    }

    /** Kafka's settings for what is trusted. */
    Map<String, String> trusting() {
        return Map.of(
                "ssl.truststore.type",
                "PKCS12",
                "ssl.truststore.location",
                trustStore().toString(),
                "ssl.truststore.password",
                password);
    }

    /** Kafka's settings for showing the certificate. */
    Map<String, String> showing() {
        return Map.of(
                "ssl.keystore.type",
                "PKCS12",
                "ssl.keystore.location",
                keyStore().toString(),
                "ssl.keystore.password",
                password);
    }

    /** Nobody can guess it. */
    static String secret() {
        return new BigInteger(160, new SecureRandom()).toString(32);
    }

    private Path keyStore() {
        return folder.resolve("key.p12");
    }

    private Path trustStore() {
        return folder.resolve("trust.p12");
    }

    private String certificate() {
        return folder.resolve("own.crt").toString();
    }

    private void keytool(Path store, List<String> command, List<String> more) throws IOException, InterruptedException {
        var line = new ArrayList<String>();
        line.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        line.addAll(command);
        line.addAll(more);
        line.addAll(List.of("-storetype", "PKCS12", "-keystore", store.toString(), "-storepass", password));
        var process = new ProcessBuilder(line).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
    }
}
