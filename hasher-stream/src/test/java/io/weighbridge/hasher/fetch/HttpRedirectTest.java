package io.weighbridge.hasher.fetch;

import static io.weighbridge.hasher.fetch.HttpStage.assertNotFetched;
import static io.weighbridge.hasher.fetch.HttpStage.body;
import static io.weighbridge.hasher.fetch.HttpStage.redirect;
import static io.weighbridge.hasher.fetch.HttpStage.status;
import static org.assertj.core.api.Assertions.assertThat;

import io.weighbridge.hasher.fetch.FetchResult.Fetched;
import io.weighbridge.hasher.fetch.FetchResult.NotFetched;
import io.weighbridge.schemas.avro.Outcome;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which redirects are followed, and how far. */
class HttpRedirectTest {

    @TempDir
    private Path folder;

    private HttpStage stage;

    @BeforeEach
    void open() throws IOException {
        stage = new HttpStage(folder);
    }

    @AfterEach
    void close() {
        stage.close();
    }

    @Test
    void shouldFollowRedirects() throws Exception {
        stage.on("/there", body(new byte[] {9}));
        String url = stage.on("/here", redirect("/there"));

        assertThat(stage.fetch(url)).isInstanceOf(Fetched.class);
        assertThat(stage.requests).containsExactly("/here", "/there");
    }

    @Test
    void shouldNotFollowRedirectsForEver() throws Exception {
        String url = stage.on("/loop", redirect("/loop"));

        assertNotFetched(
                stage.fetch(url, Map.of("weighbridge.fetch.redirects", "2")),
                Outcome.UNREACHABLE,
                "more than 2 redirects from " + url);
        assertThat(stage.requests).hasSize(3);
    }

    @Test
    void shouldRefuseRedirectsThatLeadNowhereOnTheWeb() throws Exception {
        String toFile = stage.on("/file", redirect("file:///etc/passwd"));
        assertNotFetched(
                stage.fetch(toFile),
                Outcome.UNREACHABLE,
                "HTTP 302 from " + toFile + ": expected the http: or https: address to go to, got file:///etc/passwd");
        String toNothing = stage.on("/nothing", status(301));
        assertNotFetched(
                stage.fetch(toNothing),
                Outcome.UNREACHABLE,
                "HTTP 301 from " + toNothing + ": expected the http: or https: address to go to, got none");
        String toUser = stage.on("/user", redirect("http://user:password@127.0.0.1/"));
        assertNotFetched(
                stage.fetch(toUser), Outcome.FORBIDDEN, "url: user names and passwords in addresses are refused");
    }

    @Test
    void shouldRefuseARedirectToAPrivateAddress() throws Exception {
        String hidden = stage.on("/hidden", body(new byte[1])).replace("127.0.0.1", "127.0.0.2");
        var open = InetAddress.getByName("127.0.0.1");

        var result = stage.fetchThrough(
                new HostGate(InetAddress::getAllByName, open::equals), stage.on("/open", redirect(hidden)), Map.of());

        assertThat(((NotFetched) result).outcome()).isEqualTo(Outcome.FORBIDDEN);
        assertThat(((NotFetched) result).reason()).startsWith("127.0.0.2 has an address that is not public");
        assertThat(stage.requests).containsExactly("/open");
    }

    @Test
    void shouldRefuseARedirectThatGivesUpEncryption() {
        var gate = new HostGate(InetAddress::getAllByName, any -> true);

        assertThat(gate.refusal(URI.create("http://b/"), URI.create("https://a/")))
                .isEqualTo(new NotFetched(Outcome.FORBIDDEN, "redirect from https: to http:"));
        assertThat(gate.refusal(URI.create("https://b/"), URI.create("http://a/")))
                .isNull();
    }
}
