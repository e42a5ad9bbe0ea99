package io.weighbridge.hasher.fetch;

import static io.weighbridge.hasher.fetch.HttpStage.body;
import static io.weighbridge.hasher.fetch.HttpStage.redirect;
import static io.weighbridge.hasher.fetch.HttpStage.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.weighbridge.hasher.fetch.FetchResult.Fetched;
import io.weighbridge.hasher.fetch.FetchResult.NotFetched;
import io.weighbridge.schemas.Settings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** Who is shown a token, and who never. */
class HostTokensTest {

    private static final String TOKEN = "hf_very-secret";
    private static final String NAME = "weighbridge.fetch.token.hub.example";

    @TempDir
    private Path folder;

    private HttpStage stage;

    /** Authorization by path; empty if there was none. */
    private final Map<String, String> shown = new HashMap<>();

    @BeforeEach
    void open() throws IOException {
        stage = new HttpStage(folder);
    }

    @AfterEach
    void close() {
        stage.close();
    }

    private static Map<String, String> headers(Map<String, String> settings, String start, String at, String address)
            throws UnknownHostException {
        var hop = new HostGate.Gate(URI.create(at), InetAddress.getByName(address));
        return HostTokens.from(new Settings(settings)).headers(URI.create(start), hop);
    }

    private static Map<String, String> headers(String start, String at) throws UnknownHostException {
        return headers(Map.of(NAME, TOKEN), start, at, "1.1.1.1");
    }

    @Test
    void shouldShowATokenToItsHostAndToNoOther() throws Exception {
        var bearer = Map.of("Authorization", "Bearer " + TOKEN);

        assertThat(headers("https://hub.example/a", "https://hub.example/b")).isEqualTo(bearer);
        assertThat(headers("https://HUB.example:443/a", "https://hub.example/b"))
                .isEqualTo(bearer);
        for (var other : new String[] {
            "https://cdn.hub.example/a", "https://hub.example.evil/a", "https://hub.example:8443/a", "https://example/a"
        }) {
            assertThat(headers(other, other)).isEmpty();
            assertThat(headers("https://hub.example/a", other)).isEmpty();
            assertThat(headers(other, "https://hub.example/a")).isEmpty();
        }
    }

    @Test
    void shouldShowATokenUnencryptedToThisMachineAlone() throws Exception {
        assertThat(headers("http://hub.example/a", "http://hub.example/a")).isEmpty();
        assertThat(headers(Map.of(NAME, TOKEN), "http://hub.example/a", "http://hub.example/a", "127.0.0.1"))
                .hasSize(1);
    }

    @Test
    void shouldReadATokenFromAFileAndComplainWithoutShowingIt() throws Exception {
        var file = Files.writeString(folder.resolve("token"), TOKEN + "\n");
        assertThat(headers(
                        Map.of(NAME + ".file", file.toString()),
                        "https://hub.example/",
                        "https://hub.example/",
                        "1.1.1.1"))
                .containsEntry("Authorization", "Bearer " + TOKEN);

        var settings = new Settings(Map.of(NAME, "two secret\nlines", NAME + ".file", folder + "/none"));
        assertThat(HostTokens.from(settings)).hasToString("0 tokens");
        assertThatThrownBy(settings::check)
                .hasMessageContaining(NAME + ": expected a token of visible ASCII characters, got something else")
                .hasMessageContaining(NAME + ".file: expected a file")
                .hasMessageNotContaining("secret");
    }

    private HttpStage.Answer noting(String path, HttpStage.Answer answer) {
        return exchange -> {
            String value = exchange.getRequestHeaders().getFirst("Authorization");
            shown.put(path, value == null ? "" : value);
            answer.to(exchange);
        };
    }

    private Map<String, String> tokenFor(String url) {
        return Map.of("weighbridge.fetch.token." + URI.create(url).getAuthority(), TOKEN);
    }

    @Test
    void shouldNotTakeATokenAlongOnARedirectToAnotherHost() throws Exception {
        String end = stage.on("/end", noting("/end", body(new byte[] {1}))).replace("127.0.0.1", "localhost");
        stage.on("/far", noting("/far", redirect(end)));
        String url = stage.on("/near", noting("/near", redirect("/far")));

        assertThat(stage.fetch(url, tokenFor(url))).isInstanceOf(Fetched.class);
        assertThat(shown)
                .containsOnly(
                        Map.entry("/near", "Bearer " + TOKEN),
                        Map.entry("/far", "Bearer " + TOKEN),
                        Map.entry("/end", ""));
    }

    @Test
    void shouldNotLetAStrangersRedirectUseAToken() throws Exception {
        String end = stage.on("/end", noting("/end", body(new byte[] {1})));
        String stranger = stage.on("/stranger", redirect(end)).replace("127.0.0.1", "localhost");

        assertThat(stage.fetch(stranger, tokenFor(end))).isInstanceOf(Fetched.class);
        assertThat(shown).isEqualTo(Map.of("/end", ""));
    }

    @Test
    void shouldKeepTokensAndSignaturesOutOfReasonsAndLogs() throws Exception {
        var root = (Logger) LoggerFactory.getLogger("io.weighbridge");
        var all = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        var log = new ListAppender<ILoggingEvent>();
        log.start();
        all.addAppender(log);
        root.setLevel(Level.TRACE);
        try {
            String url = stage.on("/a", status(403));
            String query = "?X-Amz-Signature=hidden1&sig=hidden2&token=hidden3";
            String gone = stage.on("/gone", redirect("ftp://user:hidden4@host/x" + query));
            var settings = tokenFor(url);

            assertThat(((NotFetched) stage.fetch(url + query, settings)).reason())
                    .isEqualTo("HTTP 403 from " + url);
            assertThat(((NotFetched) stage.fetch(gone + query, settings)).reason())
                    .isEqualTo("HTTP 302 from " + gone
                            + ": expected the http: or https: address to go to, got ftp://host/x");
            stage.stopServer();
            assertThat(((NotFetched) stage.fetch(url + query, settings)).reason())
                    .startsWith(url + ": ")
                    .doesNotContain("hidden", TOKEN);
            root.info("a line, so that the capture is seen to work");
        } finally {
            root.setLevel(null);
            all.detachAppender(log);
        }
        assertThat(log.list).extracting(ILoggingEvent::getFormattedMessage).anyMatch(line -> line.startsWith("a line"));
        assertThat(log.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .noneMatch(line -> line.contains("hidden") || line.contains(TOKEN));
    }
}
