package io.weighbridge.hasher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.weighbridge.hasher.format.ByteRange;
import io.weighbridge.hasher.format.ModelBytes;
import io.weighbridge.hasher.format.Siblings;
import io.weighbridge.schemas.avro.FileScan;
import io.weighbridge.schemas.avro.ModelFile;
import io.weighbridge.schemas.avro.Outcome;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Uploads of an index and two shards of 400 bytes each, with a spool that holds one upload, but not two. */
class SharedSpoolTest {

    private static final int SHARD_BYTES = 400;

    @TempDir
    private Path folder;

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

    /** Reached by both uploads when they have read their first shard: neither goes on before. */
    private final CountDownLatch bothHoldOne = new CountDownLatch(2);

    private HttpServer server;

    @BeforeEach
    void open() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newCachedThreadPool());
        server.createContext("/", exchange -> {
            int bytes = size(exchange.getRequestURI().getPath());
            exchange.sendResponseHeaders(200, bytes);
            exchange.getResponseBody().write(new byte[bytes]);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void close() {
        server.stop(0);
    }

    private static int size(String path) {
        return path.endsWith(".index.json") ? 1 : path.endsWith("large") ? 600 : SHARD_BYTES;
    }

    private List<ModelFile> upload(String name) {
        return List.of(file(name + "/x.index.json"), file(name + "/1.bin"), file(name + "/2.bin"));
    }

    private ModelFile file(String path) {
        return ModelFile.newBuilder()
                .setPath(path)
                .setUrl("http://127.0.0.1:" + server.getAddress().getPort() + "/" + path)
                .build();
    }

    private ScanPool pool() {
        var settings = HasherStage.settings(
                folder,
                Map.of(
                        "weighbridge.fetch.allow.private.addresses", "true",
                        "weighbridge.fetch.max.bytes", "900",
                        "weighbridge.fetch.spool.total.bytes", "900"));
        return ScanPool.open(settings, meters, this::scan);
    }

    private FileScan scan(ByteRange file, String path, Duration limit, Siblings siblings) {
        var scan =
                FileScan.newBuilder().setPath(path).setOutcome(Outcome.HASHED).setCodes(List.of());
        try (var bytes = ModelBytes.of(file, limit, siblings)) {
            if (path.endsWith(".index.json")) {
                bytes.sibling("1.bin").orElseThrow().peek(0, SHARD_BYTES);
                bothHoldOne.countDown();
                bothHoldOne.await();
                bytes.sibling("2.bin").orElseThrow().peek(0, SHARD_BYTES);
            }
        } catch (IOException e) {
            scan.setOutcome(Outcome.UNREACHABLE).setReason(e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return scan.build();
    }

    private double gauge(String name) {
        return meters.get(name).gauge().value();
    }

    private static void assertHashed(Future<ScanReport> upload) throws Exception {
        var report = upload.get(30, TimeUnit.SECONDS);
        assertThat(report.outcome()).as(report.reason()).isEqualTo(Outcome.HASHED);
        assertThat(report.files())
                .extracting(FileScan::getOutcome)
                .containsExactly(Outcome.HASHED, Outcome.PART, Outcome.PART);
    }

    @Test
    void shouldScanUploadsThatWaitForEachOthersRoomOneAfterTheOther() throws Exception {
        try (var pool = pool()) {
            var live = pool.submit(upload("live"), Share.LIVE);
            var backfill = pool.submit(upload("backfill"), Share.BACKFILL);

            assertHashed(live);
            assertHashed(backfill);
            assertThat(gauge("weighbridge.fetch.spool.held")).isZero();
        }
    }

    @Test
    void shouldShowWhatIsHeldAndHowManyWait() throws Exception {
        try (var pool = pool()) {
            pool.submit(upload("first"), Share.LIVE);
            await().until(() -> gauge("weighbridge.fetch.spool.held") == 1 + SHARD_BYTES);
            assertThat(gauge("weighbridge.fetch.spool.waiting")).isZero();

            pool.submit(List.of(file("large")), Share.LIVE);
            await().until(() -> gauge("weighbridge.fetch.spool.waiting") == 1);
        }
    }
}
