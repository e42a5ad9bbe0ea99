package io.weighbridge.hasher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.sun.net.httpserver.HttpServer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.weighbridge.hash.ModelHasher;
import io.weighbridge.hasher.fetch.Fetcher;
import io.weighbridge.hasher.format.ModelFixtures;
import io.weighbridge.hasher.format.ReadLimits;
import io.weighbridge.schemas.avro.FileScan;
import io.weighbridge.schemas.avro.ModelFile;
import io.weighbridge.schemas.avro.Outcome;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One file of a TensorFlow model, asked for by its own address: what lies beside it is found there, and what is not there is no failure. */
class LoneAddressTest {

    private static final String DATA = ".data-00000-of-00001";
    private static final byte[] GRAPH = HexFormat.of().parseHex("080112080a0412024142");

    @TempDir
    private Path folder;

    private final Map<String, byte[]> served = new HashMap<>();
    private final List<String> broken = new CopyOnWriteArrayList<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private HttpServer hub;

    @BeforeEach
    void open() throws IOException {
        hub = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        hub.createContext("/", exchange -> {
            String path = exchange.getRequestURI().getPath();
            requests.add(path);
            byte[] body = served.get(path);
            int otherwise = broken.contains(path) ? 503 : 404;
            exchange.sendResponseHeaders(body == null ? otherwise : 200, body == null ? -1 : body.length);
            if (body != null) {
                exchange.getResponseBody().write(body);
            }
            exchange.close();
        });
        hub.start();
    }

    @AfterEach
    void close() {
        hub.stop(0);
    }

    private void serveCheckpoint(String prefix) {
        served.put(prefix + ".index", ModelFixtures.bytes("tensorflow/variables.index"));
        served.put(prefix + DATA, ModelFixtures.bytes("tensorflow/variables" + DATA));
    }

    private ScanReport scan(String... addresses) throws Exception {
        var settings = HasherStage.settings(
                folder, Map.of("weighbridge.fetch.allow.private.addresses", "true", "weighbridge.fetch.attempts", "1"));
        var files = Arrays.stream(addresses)
                .map(path -> ModelFile.newBuilder()
                        .setPath(path.substring(path.lastIndexOf('/') + 1))
                        .setUrl("http://127.0.0.1:" + hub.getAddress().getPort() + path)
                        .build())
                .toList();
        try (var fetcher = Fetcher.open(settings.fetch())) {
            var scanner = new ModelScanner(ReadLimits.STANDARD, ModelHasher.standard());
            var metrics = new HasherMetrics(new SimpleMeterRegistry());
            return new RequestScanner(fetcher, scanner::scan, settings, metrics, System::nanoTime)
                    .scan(files, Share.LIVE);
        }
    }

    @Test
    void shouldFindTheNumbersOfAnIndex() throws Exception {
        serveCheckpoint("/m/net");
        var report = scan("/m/net.index");

        assertThat(report.outcome()).as(report.reason()).isEqualTo(Outcome.HASHED);
        assertThat(requests).containsExactly("/m/net.index", "/m/checkpoint", "/m/net" + DATA);
    }

    @Test
    void shouldFindTheNumbersThatTheStateOfTheCheckpointNames() throws Exception {
        serveCheckpoint("/m/net");
        served.put("/m/renamed.index", served.remove("/m/net.index"));
        served.put("/m/checkpoint", "model_checkpoint_path: \"net\"".getBytes(StandardCharsets.UTF_8));
        var report = scan("/m/renamed.index");

        assertThat(report.outcome()).as(report.reason()).isEqualTo(Outcome.HASHED);
    }

    @Test
    void shouldSayThatTheNumbersAreNotThere() throws Exception {
        serveCheckpoint("/m/variables");
        served.remove("/m/variables" + DATA);
        var report = scan("/m/variables.index");

        assertThat(report.outcome()).isEqualTo(Outcome.UNSUPPORTED);
        assertThat(report.reason())
                .endsWith("the index of a TensorFlow checkpoint without its numbers: no file variables" + DATA
                        + " beside it");
    }

    @Test
    void shouldNotTakeAHostThatFailsForOneWithoutTheFile() throws Exception {
        serveCheckpoint("/m/net");
        served.remove("/m/net" + DATA);
        broken.add("/m/net" + DATA);
        var report = scan("/m/net.index");

        assertThat(report.outcome()).isEqualTo(Outcome.UNREACHABLE);
        assertThat(report.reason()).contains("net" + DATA + ": HTTP 503");
    }

    @Test
    void shouldScanTheVariablesOfASavedModel() throws Exception {
        served.put("/m/saved_model.pb", GRAPH);
        serveCheckpoint("/m/variables/variables");
        var report = scan("/m/saved_model.pb");

        assertThat(report.outcome()).as(report.reason()).isEqualTo(Outcome.HASHED);
        assertThat(report.files())
                .extracting(FileScan::getPath, FileScan::getOutcome)
                .containsExactly(
                        tuple("saved_model.pb", Outcome.PART), tuple("variables/variables.index", Outcome.HASHED));
    }

    @Test
    void shouldScanASavedModelWithoutVariablesByItself() throws Exception {
        served.put("/m/saved_model.pb", GRAPH);
        var report = scan("/m/saved_model.pb");

        assertThat(report.files()).extracting(FileScan::getOutcome).containsExactly(Outcome.UNSUPPORTED);
        assertThat(report.reason()).endsWith("a SavedModel's graph; its weights are in variables/");
    }

    @Test
    void shouldTellThatTheVariablesOfASavedModelCannotBeHad() throws Exception {
        served.put("/m/saved_model.pb", GRAPH);
        broken.add("/m/variables/variables.index");

        assertThat(scan("/m/saved_model.pb").files())
                .extracting(FileScan::getOutcome)
                .contains(Outcome.UNREACHABLE);
    }

    @Test
    void shouldLookForNothingBesideFilesThatAreListed() throws Exception {
        served.put("/m/saved_model.pb", GRAPH);
        served.put("/m/other", "text".getBytes(StandardCharsets.UTF_8));
        serveCheckpoint("/m/variables/variables");
        scan("/m/saved_model.pb", "/m/other");

        assertThat(requests).containsExactly("/m/saved_model.pb", "/m/other");
    }
}
