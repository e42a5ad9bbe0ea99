package io.weighbridge.hasher.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsExchange;
import com.sun.net.httpserver.HttpsServer;
import io.weighbridge.hasher.fetch.FetchResult.Fetched;
import io.weighbridge.hasher.fetch.FetchResult.NotFetched;
import io.weighbridge.schemas.avro.Outcome;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code https:} to the address that was checked, under the name that was asked for. */
class HttpTlsTest {

    private static final char[] PASSWORD = "changeit".toCharArray();

    @TempDir
    private Path folder;

    private HttpStage stage;
    private HttpsServer server;
    private SSLContext context;

    /** The name in the handshake, then the one in the request. */
    private final List<String> names = new CopyOnWriteArrayList<>();

    @BeforeEach
    void open() throws Exception {
        Path spool = Files.createDirectory(folder.resolve("spool"));
        stage = new HttpStage(spool);
        context = context(certificateFor("hub.invalid"));
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context));
        server.createContext("/", exchange -> {
            var session = (ExtendedSSLSession) ((HttpsExchange) exchange).getSSLSession();
            names.add(((SNIHostName) session.getRequestedServerNames().get(0)).getAsciiName());
            names.add(exchange.getRequestHeaders().getFirst("Host"));
            try (exchange) {
                exchange.sendResponseHeaders(200, 1);
                exchange.getResponseBody().write(8);
            }
        });
        server.setExecutor(stage.threads);
        server.start();
    }

    @AfterEach
    void close() {
        server.stop(0);
        stage.close();
    }

    private Path certificateFor(String name) throws IOException, InterruptedException {
        var store = folder.resolve("store.p12");
        var keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "a",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=" + name,
                        "-ext",
                        "san=dns:" + name,
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        store.toString(),
                        "-storepass",
                        new String(PASSWORD))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertThat(keytool.waitFor()).isZero();
        return store;
    }

    private static SSLContext context(Path file) throws Exception {
        var store = KeyStore.getInstance("PKCS12");
        try (var in = Files.newInputStream(file)) {
            store.load(in, PASSWORD);
        }
        var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, PASSWORD);
        var trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("a", store.getCertificate("a"));
        var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        var context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
        return context;
    }

    private FetchResult fetch(String host) throws Exception {
        var settings = stage.settings(Map.of("weighbridge.fetch.attempts", "1"));
        var gate = new HostGate(name -> new InetAddress[] {InetAddress.getByName("127.0.0.1")}, any -> true);
        try (var spool = Spool.open(folder.resolve("spool"));
                var exchange = new HttpExchange(settings, context)) {
            return new HttpFetcher(
                            settings.maxBytes(), spool, new HttpDialogue(settings, gate, exchange, new Closing()))
                    .fetch(
                            URI.create("https://" + host + ":"
                                    + server.getAddress().getPort() + "/a"),
                            Deadline.in(Duration.ofSeconds(30)),
                            HttpStage.anyRoom());
        }
    }

    @Test
    void shouldConnectToTheAddressThatWasCheckedUnderTheNameThatWasAskedFor() throws Exception {
        assertThat(fetch("hub.invalid")).isInstanceOf(Fetched.class);
        assertThat(names)
                .containsExactly(
                        "hub.invalid", "hub.invalid:" + server.getAddress().getPort());
    }

    @Test
    void shouldNotAskAHostThatShowsTheCertificateOfAnother() throws Exception {
        var result = (NotFetched) fetch("other.invalid");

        assertThat(result.outcome()).isEqualTo(Outcome.UNREACHABLE);
        assertThat(result.reason()).contains("/a: TLS: ");
        assertThat(names).isEmpty();
    }
}
