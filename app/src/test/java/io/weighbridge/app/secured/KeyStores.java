package io.weighbridge.app.secured;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;

/** A key of a broker on this machine, made for one test, and what its clients trust. */
final class KeyStores {

    private final Path folder;
    private final String password = secret();

    private KeyStores(Path folder) {
        this.folder = folder;
    }

    static KeyStores make(Path folder) throws IOException, InterruptedException {
        var stores = new KeyStores(folder);
        stores.keytool(
                stores.keyStore(),
                List.of("-genkeypair", "-alias", "broker", "-keyalg", "EC", "-dname", "CN=broker", "-validity", "2"),
                List.of("-ext", "san=ip:127.0.0.1,dns:localhost"));
        String certificate = folder.resolve("broker.crt").toString();
        stores.keytool(stores.keyStore(), List.of("-exportcert", "-alias", "broker", "-file", certificate), List.of());
        stores.keytool(
                stores.trustStore(),
                List.of("-importcert", "-alias", "broker", "-file", certificate, "-noprompt"),
                List.of());
        return stores;
    }

    /** Nobody can guess it. */
    static String secret() {
        return new BigInteger(160, new SecureRandom()).toString(32);
    }

    Path keyStore() {
        return folder.resolve("broker.p12");
    }

    Path trustStore() {
        return folder.resolve("trust.p12");
    }

    String password() {
        return password;
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
