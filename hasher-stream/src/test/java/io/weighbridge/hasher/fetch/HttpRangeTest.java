package io.weighbridge.hasher.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import io.weighbridge.hasher.fetch.FetchResult.Fetched;
import io.weighbridge.hasher.fetch.FetchResult.NotFetched;
import io.weighbridge.hasher.fetch.FetchResult.Streamed;
import io.weighbridge.hasher.format.ByteRange;
import io.weighbridge.hasher.format.ModelFormatException;
import io.weighbridge.schemas.avro.ModelFile;
import io.weighbridge.schemas.avro.Outcome;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files read in stretches of 100 bytes, three of which are kept, from a server on this machine. */
class HttpRangeTest {

    private static final int SIZE = 950;

    @TempDir
    private Path folder;

    private final byte[] content = new byte[SIZE];
    private final List<String> ranges = new CopyOnWriteArrayList<>();
    private final Map<String, String> others = new HashMap<>(Map.of(
            "weighbridge.fetch.spool.max.bytes", "500",
            "weighbridge.fetch.range.chunk.bytes", "100",
            "weighbridge.fetch.range.cache.bytes", "300"));
    private HttpStage stage;
    private Fetcher fetcher;
    private String address;
    private volatile String tag = "\"v1\"";
    private volatile boolean knowsConditions = true;

    @BeforeEach
    void open() throws Exception {
        new Random(7).nextBytes(content);
        stage = new HttpStage(folder);
        address = stage.on("/file", this::serve);
    }

    @AfterEach
    void close() {
        if (fetcher != null) {
            fetcher.close();
        }
        stage.close();
    }

    private void serve(HttpExchange exchange) throws IOException {
        String range = exchange.getRequestHeaders().getFirst("Range");
        String match = exchange.getRequestHeaders().getFirst("If-Match");
        if (tag != null) {
            exchange.getResponseHeaders().set("ETag", tag);
        }
        if (match != null && knowsConditions && !match.equals(tag)) {
            exchange.sendResponseHeaders(412, -1);
            return;
        }
        if (range == null) {
            exchange.sendResponseHeaders(200, SIZE);
            exchange.getResponseBody().write(content);
            return;
        }
        ranges.add(range);
        var ends = range.substring("bytes=".length()).split("-");
        int from = Integer.parseInt(ends[0]);
        int to = Math.min(Integer.parseInt(ends[1]), SIZE - 1);
        exchange.getResponseHeaders().set("Content-Range", "bytes " + from + "-" + to + "/" + SIZE);
        exchange.sendResponseHeaders(206, to - from + 1L);
        exchange.getResponseBody().write(content, from, to - from + 1);
    }

    @Test
    void shouldReadALargeFileWithoutACopy() throws Exception {
        var file = stream(address);

        assertThat(file.sizeBytes()).isEqualTo(SIZE);
        assertThat(read(file, 0, SIZE)).isEqualTo(content);
        assertThat(read(file, 95, 10)).isEqualTo(Arrays.copyOfRange(content, 95, 105));
        assertThat(stage.spooled()).isEmpty();
    }

    @Test
    void shouldKeepTheStretchesReadLastAndNoMore() throws Exception {
        var file = stream(address);
        read(file, 100, 200);
        read(file, 0, 300);
        assertThat(ranges).containsExactly("bytes=0-99", "bytes=100-199", "bytes=200-299");
        read(file, 900, 50);
        read(file, 200, 1);
        read(file, 0, 1);
        assertThat(ranges.subList(3, ranges.size())).containsExactly("bytes=900-949", "bytes=0-99");
    }

    @Test
    void shouldCountStretchesTowardsTheCap() throws Exception {
        others.put("weighbridge.fetch.bytes.per.second", "475");
        long started = System.nanoTime();
        read(stream(address), 0, SIZE);

        assertThat(Duration.ofNanos(System.nanoTime() - started)).isGreaterThan(Duration.ofMillis(900));
    }

    @Test
    void shouldFailIfTheFileChanges() throws Exception {
        var file = stream(address);
        tag = "\"v2\"";

        assertThatThrownBy(() -> read(file, 500, 1))
                .hasMessage(address + ": changed while it was read: expected ETag \"v1\", got \"v2\"");
    }

    @Test
    void shouldFailIfTheFileChangesOnAServerThatKnowsNoConditions() throws Exception {
        var file = stream(address);
        tag = "\"v2\"";
        knowsConditions = false;

        assertThatThrownBy(() -> read(file, 500, 1)).hasMessageContaining("expected ETag \"v1\", got \"v2\"");
    }

    @Test
    void shouldFailOnOtherBytesThanThoseAskedFor() throws Exception {
        stage.on("/odd", exchange -> {
            exchange.getResponseHeaders().set("ETag", "\"v1\"");
            exchange.getResponseHeaders().set("Content-Range", "bytes 0-99/" + SIZE);
            exchange.sendResponseHeaders(206, 100);
            exchange.getResponseBody().write(content, 0, 100);
        });
        var file = stream(address.replace("/file", "/odd"));

        assertThatThrownBy(() -> read(file, 500, 1))
                .hasMessageEndingWith("/odd: expected bytes 500-599/950, got bytes 0-99/950");
    }

    @Test
    void shouldCopyFilesThatAreNotLargeOrWhoseSizeIsStated() throws Exception {
        others.put("weighbridge.fetch.spool.max.bytes", "950");
        try (var fetched = (Fetched) fetch(address, null)) {
            assertThat(fetched.sizeBytes()).isEqualTo(SIZE);
        }
        assertThat(ranges).containsExactly("bytes=0-99");
        try (var fetched = (Fetched) fetch(address, (long) SIZE)) {
            assertThat(fetched.sizeBytes()).isEqualTo(SIZE);
        }
        assertThat(ranges).hasSize(1);
    }

    @Test
    void shouldNotTakeALargeFileWithoutAStrongTagOrRanges() throws Exception {
        var tooLarge = new NotFetched(
                Outcome.TOO_LARGE,
                "weighbridge.fetch.spool.max.bytes: expected at most 500 bytes, or a host that gives stretches under a"
                        + " strong ETag, got neither");
        tag = null;
        assertThat(fetch(address, null)).isEqualTo(tooLarge);
        tag = "W/\"v1\"";
        assertThat(fetch(address, null)).isEqualTo(tooLarge);
        assertThat(fetch(stage.on("/whole", HttpStage.body(content)), null)).isEqualTo(tooLarge);
        assertThat(fetch(address, 500L)).isEqualTo(tooLarge);
        assertThat(stage.spooled()).isEmpty();
    }

    @Test
    void shouldNotTakeAFileOverTheLimitOfAllFiles() throws Exception {
        others.put("weighbridge.fetch.max.bytes", "900");

        assertThat(fetch(address, null))
                .isEqualTo(new NotFetched(
                        Outcome.TOO_LARGE, "weighbridge.fetch.max.bytes: expected at most 900 bytes, got 950 bytes"));
    }

    @Test
    void shouldTellAFailureOfTheHost() throws Exception {
        assertThat(fetch(stage.on("/gone", HttpStage.status(404)), null))
                .isEqualTo(new NotFetched(
                        Outcome.UNREACHABLE, "HTTP 404 from " + address.replace("/file", "/gone"), true));
    }

    /** Signed addresses hold for a while: the one that made them is asked again. */
    @Test
    void shouldAskForAnotherPlaceWhenTheFirstExpires() throws Exception {
        stage.on("/signed/1", exchange -> {
            boolean isFirst = exchange.getRequestHeaders().getFirst("Range").equals("bytes=0-99");
            if (isFirst) {
                serve(exchange);
            } else {
                exchange.sendResponseHeaders(403, -1);
            }
        });
        stage.on("/signed/2", this::serve);
        String from = stage.on(
                "/moving",
                exchange -> HttpStage.redirect(stage.requests.contains("/signed/1") ? "/signed/2" : "/signed/1")
                        .to(exchange));
        var file = stream(from);

        assertThat(read(file, 0, SIZE)).isEqualTo(content);
        assertThat(stage.requests.subList(0, 6))
                .containsExactly("/moving", "/signed/1", "/signed/1", "/moving", "/signed/2", "/signed/2");
    }

    @Test
    void shouldRefuseToReadPastTheEnd() throws Exception {
        var file = stream(address);

        assertThatThrownBy(() -> read(file, 900, 51))
                .isInstanceOf(ModelFormatException.class)
                .hasMessage("weights at byte 900: expected 51 bytes, the file ends at byte 950");
    }

    @Test
    void shouldStopWhenInterrupted() throws Exception {
        var file = stream(address);
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> read(file, 500, 1)).isInstanceOf(ClosedByInterruptException.class);
        assertThat(Thread.interrupted()).isTrue();
    }

    private ByteRange stream(String url) throws Exception {
        return ((Streamed) fetch(url, null)).open();
    }

    private FetchResult fetch(String url, Long statedBytes) throws Exception {
        if (fetcher != null) {
            fetcher.close();
        }
        fetcher = Fetcher.open(stage.settings(others));
        return fetcher.fetch(ModelFile.newBuilder()
                .setPath("a")
                .setUrl(url)
                .setSizeBytes(statedBytes)
                .build());
    }

    private static byte[] read(ByteRange file, long offset, int length) throws IOException {
        var target = ByteBuffer.allocate(length);
        file.readInto(target, offset, "weights");
        return target.array();
    }
}
