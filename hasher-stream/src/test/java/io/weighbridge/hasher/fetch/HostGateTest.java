package io.weighbridge.hasher.fetch;

import static io.weighbridge.hasher.fetch.HttpStage.body;
import static org.assertj.core.api.Assertions.assertThat;

import io.weighbridge.hasher.fetch.FetchResult.Fetched;
import io.weighbridge.hasher.fetch.FetchResult.NotFetched;
import io.weighbridge.schemas.avro.Outcome;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostGateTest {

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
    void shouldRefuseAPrivateAddressByDefault() throws Exception {
        String url = stage.on("/a", body(new byte[1]));

        for (String host : List.of("127.0.0.1", "localhost", "2130706433", "[::1]", "[::ffff:127.0.0.1]")) {
            var result = (NotFetched) stage.fetch(
                    url.replace("127.0.0.1", host), Map.of("weighbridge.fetch.allow.private.addresses", "false"));
            assertThat(result.outcome()).isEqualTo(Outcome.FORBIDDEN);
            assertThat(result.reason())
                    .endsWith(" has an address that is not public; "
                            + "weighbridge.fetch.allow.private.addresses=true would allow it");
        }
        assertThat(stage.requests).isEmpty();
    }

    @Test
    void shouldRefuseAHostThatHasBothPublicAndPrivateAddresses() throws Exception {
        var open = InetAddress.getByName("127.0.0.1");
        var result = stage.fetchThrough(
                new HostGate(host -> new InetAddress[] {open, InetAddress.getByName("127.0.0.2")}, open::equals),
                stage.on("/a", body(new byte[1])),
                Map.of());

        assertThat(((NotFetched) result).outcome()).isEqualTo(Outcome.FORBIDDEN);
        assertThat(stage.requests).isEmpty();
    }

    @Test
    void shouldConnectToTheAddressThatWasCheckedAndNameTheHostThere() throws Exception {
        var host = new AtomicReference<String>();
        String url = stage.on("/a", exchange -> {
                    host.set(exchange.getRequestHeaders().getFirst("Host"));
                    body(new byte[] {5}).to(exchange);
                })
                .replace("127.0.0.1", "no-name-server-knows.invalid");
        var gate = new HostGate(name -> new InetAddress[] {InetAddress.getByName("127.0.0.1")}, any -> true);

        assertThat(stage.fetchThrough(gate, url, Map.of())).isInstanceOf(Fetched.class);
        assertThat(host.get()).isEqualTo(URI.create(url).getAuthority());
    }

    @Test
    void shouldNameAnIpv6AddressInBrackets() throws Exception {
        var host = new AtomicReference<String>();
        String url = stage.on("/a", exchange -> {
                    host.set(exchange.getRequestHeaders().getFirst("Host"));
                    body(new byte[] {5}).to(exchange);
                })
                .replace("127.0.0.1", "[2606:4700::1]");
        var gate = new HostGate(name -> new InetAddress[] {InetAddress.getByName("127.0.0.1")}, any -> true);

        assertThat(stage.fetchThrough(gate, url, Map.of())).isInstanceOf(Fetched.class);
        assertThat(host.get()).isEqualTo(URI.create(url).getAuthority());
    }

    @Test
    void shouldAskForTheAddressWithoutItsFragment() throws UnknownHostException {
        var address = InetAddress.getByName("10.0.0.1");
        var gate = new HostGate(InetAddress::getAllByName, any -> true);

        assertThat(gate.open(URI.create("https://host:81/a?b#c"), address))
                .isEqualTo(new HostGate.Gate(URI.create("https://host:81/a?b"), address));
        assertThat(gate.open(URI.create("http://host:81?b"), address))
                .isEqualTo(new HostGate.Gate(URI.create("http://host:81/?b"), address));
    }
}
