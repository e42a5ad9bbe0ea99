package io.weighbridge.hasher;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.weighbridge.hasher.fetch.Fetcher;
import io.weighbridge.hasher.format.ByteRange;
import io.weighbridge.hasher.format.ModelBytes;
import io.weighbridge.hasher.format.ModelFormatException;
import io.weighbridge.hasher.format.Siblings;
import io.weighbridge.schemas.avro.FileScan;
import io.weighbridge.schemas.avro.ModelFile;
import io.weighbridge.schemas.avro.Outcome;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files of an upload that are read together, by a scanner whose index files hold nothing but the names of others. */
class UploadSiblingsTest {

    @TempDir
    private Path folder;

    private final List<String> begun = new ArrayList<>();
    private final List<ModelFile> files = new ArrayList<>();
    private Map<String, String> others = Map.of();
    private HttpServer server;
    private ScanReport report;
    private int mostBytes = Integer.MAX_VALUE;
    private final List<String> requests = new CopyOnWriteArrayList<>();

    @BeforeEach
    void open() throws IOException {
        var any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        server = HttpServer.create(any, 0);
        server.createContext("/", exchange -> {
            requests.add(exchange.getRequestURI().getPath());
            byte[] body = exchange.getRequestURI().getPath().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void close() {
        server.stop(0);
    }

    @Test
    void shouldReadShardsWithTheirIndexAndNotASecondTime() throws Exception {
        add("net/part-1.bin", "one");
        add("net/model.index.json", "part-1.bin part-2.bin");
        add("net/part-2.bin", "two");
        var report = scan();

        assertThat(report.outcome()).isEqualTo(Outcome.HASHED);
        assertThat(begun).containsExactly("net/model.index.json");
        assertThat(outcomes()).containsExactly(Outcome.PART, Outcome.HASHED, Outcome.PART);
        var part = report.files().get(0);
        assertThat(part.getReason()).isEqualTo("read with net/model.index.json");
        assertThat(part.getSha256()).isEqualTo(StagedScanner.sha256("one"));
        assertThat(part.getSizeBytes()).isEqualTo(3);
        assertThat(part.getCodes()).isEmpty();
    }

    @Test
    void shouldFindTheShardsOfALoneIndexBesideIt() throws Exception {
        others = Map.of("weighbridge.fetch.allow.private.addresses", "true");
        serve("/f/x.index.json", "part-1.bin part-2.bin");
        files.add(ModelFile.newBuilder()
                .setPath("x.index.json")
                .setUrl(address("/f/x.index.json?sig=1"))
                .build());
        scan();

        assertThat(report.outcome()).as(report.reason()).isEqualTo(Outcome.HASHED);
        assertThat(report.files()).hasSize(1);
        assertThat(requests).containsExactly("/f/part-1.bin", "/f/part-2.bin");
    }

    @Test
    void shouldFindTheShardsOfALoneIndexAtTheCommitOfTheIndex() throws Exception {
        others = Map.of(
                "weighbridge.fetch.allow.private.addresses", "true", "weighbridge.fetch.hf.endpoint", address("/hub"));
        String commit = "abcdef0123".repeat(4);
        serve("/hub/api/models/o/n/revision/main", "{\"sha\":\"" + commit + "\"}");
        serve("/hub/o/n/resolve/" + commit + "/f/x.index.json", "part-1.bin");
        files.add(ModelFile.newBuilder()
                .setPath("x.index.json")
                .setUrl("hf://o/n/f/x.index.json")
                .build());
        scan();

        assertThat(report.outcome()).as(report.reason()).isEqualTo(Outcome.HASHED);
        assertThat(requests).containsExactly("/hub/o/n/resolve/" + commit + "/f/part-1.bin");
    }

    @Test
    void shouldReadTheDataBesideAGraphThatWasAskedForAlone() throws Exception {
        others = Map.of("weighbridge.fetch.allow.private.addresses", "true");
        serve("/f/x.onnx", "x.onnx_data");
        serve("/f/x.onnx_data", "numbers");
        files.add(ModelFile.newBuilder()
                .setPath("x.onnx")
                .setUrl(address("/f/x.onnx"))
                .build());
        scan();

        assertThat(report.outcome()).as(report.reason()).isEqualTo(Outcome.HASHED);
    }

    @Test
    void shouldReadTheDataBelowAGraphThatWasAskedForAlone() throws Exception {
        others = Map.of("weighbridge.fetch.allow.private.addresses", "true");
        serve("/f/x.onnx", "weights/1.data");
        files.add(ModelFile.newBuilder()
                .setPath("x.onnx")
                .setUrl(address("/f/x.onnx"))
                .build());
        scan();

        assertThat(report.outcome()).as(report.reason()).isEqualTo(Outcome.HASHED);
        assertThat(requests).containsExactly("/f/weights/1.data");
    }

    @Test
    void shouldNotLookForShardsOutsideTheFolderOfTheirIndex() throws Exception {
        others = Map.of("weighbridge.fetch.allow.private.addresses", "true");
        serve("/f/x.index.json", "../part.bin");
        files.add(ModelFile.newBuilder()
                .setPath("x.index.json")
                .setUrl(address("/f/x.index.json"))
                .build());
        scan();

        assertThat(report.outcome()).isEqualTo(Outcome.MALFORMED);
        assertThat(requests).isEmpty();
    }

    @Test
    void shouldLookForSiblingsInTheFolderOfTheFileThatNamesThem() throws Exception {
        add("a/graph.onnx", "data");
        add("data", "of the repository's root");
        add("b/data", "of another folder");
        scan();

        assertThat(outcomes()).containsExactly(Outcome.MALFORMED, Outcome.HASHED, Outcome.HASHED);
        assertThat(report.files().get(0).getReason()).isEqualTo("no file data");
    }

    @Test
    void shouldScanTheShardsOfAnIndexThatHasNoCode() throws Exception {
        add("model.index.json", "part.bin gone.bin");
        add("part.bin", "one");
        scan();

        assertThat(outcomes()).containsExactly(Outcome.MALFORMED, Outcome.HASHED);
        assertThat(begun).containsExactly("model.index.json", "part.bin");
    }

    @Test
    void shouldSayWhyAShardCouldNotBeHad() throws Exception {
        add("model.index.json", "part.bin");
        files.add(ModelFile.newBuilder()
                .setPath("part.bin")
                .setUrl(folder.resolve("gone").toUri().toString())
                .build());
        scan();

        assertThat(outcomes()).containsExactly(Outcome.UNREACHABLE, Outcome.UNREACHABLE);
        assertThat(report.files().get(0).getReason()).isEqualTo("part.bin: no such file: " + folder.resolve("gone"));
    }

    @Test
    void shouldGiveNoCodeForAShardThatIsNotTheOneTheHubStates() throws Exception {
        add("model.index.json", "part.bin");
        change(add("part.bin", "one").setSha256(StagedScanner.sha256("two")));
        scan();

        assertThat(report.files().get(0).getOutcome()).isEqualTo(Outcome.DIGEST_MISMATCH);
        assertThat(report.files().get(0).getReason())
                .isEqualTo("part.bin: sha256: expected " + StagedScanner.sha256("two") + ", got "
                        + StagedScanner.sha256("one"));
    }

    @Test
    void shouldCallDataThatIsNoModelAPart() throws Exception {
        add("graph.onnx", "weights.raw");
        add("weights.raw", "numbers");
        scan();

        assertThat(outcomes()).containsExactly(Outcome.HASHED, Outcome.PART);
        assertThat(begun).containsExactly("graph.onnx", "weights.raw");
    }

    @Test
    void shouldScanAShardThatItsIndexReadsLittleOf() throws Exception {
        add("model.index.json", "part.bin");
        add("part.bin", "x".repeat(3 << 20));
        mostBytes = 100;
        scan();

        assertThat(outcomes()).containsExactly(Outcome.HASHED, Outcome.HASHED);
    }

    @Test
    void shouldBoundWhatIsKept() throws Exception {
        others = Map.of("weighbridge.scan.max.kept.bytes", "5", "weighbridge.fetch.allow.private.addresses", "true");
        add("model.index.json", "local.bin 1.bin 2.bin");
        add("local.bin", "not in the spool");
        change(add("1.bin", "").setUrl(address("/one")));
        files.add(
                ModelFile.newBuilder().setPath("2.bin").setUrl(address("/two")).build());
        scan();

        assertThat(report.files().get(0).getOutcome()).isEqualTo(Outcome.TOO_LARGE);
        assertThat(report.files().get(0).getReason())
                .isEqualTo(
                        "2.bin: weighbridge.scan.max.kept.bytes: expected at most 5 bytes in the spool of files that are"
                                + " read together, got more");
    }

    @Test
    void shouldFetchEachShardOnceAndLeaveNothingInTheSpool() throws Exception {
        others = Map.of("weighbridge.fetch.allow.private.addresses", "true");
        add("1.onnx", "shard");
        add("2.onnx", "shard");
        change(add("shard", "").setUrl(address("/shard")));
        scan();

        // The data has codes of its own: it is a model too, whatever the graphs say it is.
        assertThat(outcomes()).containsExactly(Outcome.HASHED, Outcome.HASHED, Outcome.HASHED);
        assertThat(requests).containsExactly("/shard");
    }

    @Test
    void shouldReadTheShardsOfARepositoryOfAHub() throws Exception {
        others = Map.of(
                "weighbridge.fetch.allow.private.addresses", "true", "weighbridge.fetch.hf.endpoint", address("/hub"));
        serve("/hub/api/models/o/n/tree/main", """
                [{"type":"file","path":"a/model.index.json","size":8},
                 {"type":"file","path":"a/part.bin","size":3,"lfs":{"oid":"%s","size":3}},
                 {"type":"file","path":"README.md","size":8}]
                """.formatted(StagedScanner.sha256("one")));
        serve("/hub/o/n/resolve/main/a/model.index.json", "part.bin");
        serve("/hub/o/n/resolve/main/a/part.bin", "one");
        files.add(ModelFile.newBuilder().setPath("n").setUrl("hf://o/n").build());
        scan();

        assertThat(report.outcome()).isEqualTo(Outcome.HASHED);
        assertThat(report.reason()).isEqualTo("README.md left out by its name");
        assertThat(report.files()).extracting(FileScan::getPath).containsExactly("a/model.index.json", "a/part.bin");
        assertThat(outcomes()).containsExactly(Outcome.HASHED, Outcome.PART);
    }

    @Test
    void shouldTellWhyARepositoryCannotBeListed() throws Exception {
        others = Map.of(
                "weighbridge.fetch.allow.private.addresses", "true", "weighbridge.fetch.hf.endpoint", address("/hub"));
        serve("/hub/api/models/o/n/tree/main", "no JSON");
        files.add(ModelFile.newBuilder().setPath("n").setUrl("hf://o/n").build());
        scan();

        assertThat(report.outcome()).isEqualTo(Outcome.MALFORMED);
        assertThat(report.reason()).startsWith("n: listing of hf://o/n@main: expected JSON");
        assertThat(report.files()).isEmpty();
    }

    private void serve(String path, String body) {
        server.createContext(path, exchange -> {
            exchange.sendResponseHeaders(200, body.length());
            exchange.getResponseBody().write(body.getBytes(StandardCharsets.UTF_8));
            exchange.close();
        });
    }

    private ScanReport scan() throws Exception {
        var settings = HasherStage.settings(folder, others);
        try (var fetcher = Fetcher.open(settings.fetch())) {
            var metrics = new HasherMetrics(new SimpleMeterRegistry());
            report = new RequestScanner(fetcher, this::scan, settings, metrics, System::nanoTime)
                    .scan(files, Share.LIVE);
            try (var spooled = Files.walk(folder.resolve("spool"))) {
                assertThat(spooled.filter(path -> path.toString().endsWith(".part")))
                        .as("left in the spool")
                        .isEmpty();
            }
            return report;
        }
    }

    private List<Outcome> outcomes() {
        return report.files().stream().map(FileScan::getOutcome).toList();
    }

    private FileScan scan(ByteRange file, String path, Duration limit, Siblings siblings) {
        begun.add(path);
        var scan =
                FileScan.newBuilder().setPath(path).setOutcome(Outcome.HASHED).setCodes(List.of());
        try (var bytes = ModelBytes.of(file, limit, siblings)) {
            if (path.endsWith(".index.json") || path.endsWith(".onnx")) {
                for (String name : text(bytes).split(" ")) {
                    read(bytes, name);
                }
            }
            if (path.endsWith(".raw")) {
                throw ModelFormatException.unsupported("numbers");
            }
        } catch (ModelFormatException e) {
            scan.setOutcome(e.outcome()).setReason(e.getMessage());
        } catch (IOException e) {
            scan.setOutcome(Outcome.UNREACHABLE).setReason("cannot be read: " + e.getMessage());
        }
        return scan.build();
    }

    private void read(ModelBytes index, String name) throws IOException {
        var part = index.sibling(name).orElseThrow(() -> ModelFormatException.malformed("no file " + name));
        assertThat(text(part)).isNotEmpty();
    }

    private String text(ModelBytes bytes) throws IOException {
        var content = ByteBuffer.allocate((int) Math.min(mostBytes, bytes.sizeBytes()));
        bytes.readInto(content, 0, "content");
        return new String(content.array(), StandardCharsets.UTF_8);
    }

    private String address(String path) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + path;
    }

    /** Has another file take the place of the one added last. */
    private void change(ModelFile.Builder file) {
        files.set(files.size() - 1, file.build());
    }

    private ModelFile.Builder add(String path, String content) throws IOException {
        var place = folder.resolve(path);
        Files.createDirectories(place.getParent());
        Files.writeString(place, content);
        var file = ModelFile.newBuilder()
                .setPath(path)
                .setUrl(place.toUri().toString())
                .build();
        files.add(file);
        return ModelFile.newBuilder(file);
    }
}
