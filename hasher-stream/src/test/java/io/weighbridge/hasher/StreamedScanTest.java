package io.weighbridge.hasher;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A large file on a web server is scanned by a JVM with 256 MiB of heap, and no file appears on the way. The bytes are made as they are asked for;
 * {@code mvn test -pl hasher-stream -am -Dtest=StreamedScanTest -Dsurefire.failIfNoSpecifiedTests=false
 * -Dweighbridge.test.stream.bytes=10737418240} makes 10 GiB of them.
 */
class StreamedScanTest {

    private static final long BYTES = Long.getLong("weighbridge.test.stream.bytes", 128L << 20);
    private static final long MAX_ARCHIVE_BYTES = 2L << 30;
    private static final String TAG = "\"made\"";

    @TempDir
    private Path folder;

    private final Set<Path> files = ConcurrentHashMap.newKeySet();
    private final AtomicLong served = new AtomicLong();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private MadeFile made;
    private HttpServer server;

    @BeforeEach
    void open() throws IOException {
        Files.createDirectories(folder.resolve("tmp"));
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/large", this::serve);
        server.start();
    }

    @AfterEach
    void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    @Test
    void shouldScanALargeFileInLittleMemoryAndWithoutACopy() throws Exception {
        expectScan(MadeFile.safetensors(Math.max(1, BYTES / MadeFile.LAYER_BYTES)), 5);
    }

    /** The directory lies at the end, and checksums are compared before any number is read: once more than without. */
    @Test
    void shouldScanALargeArchiveOfPyTorchInLittleMemoryAndWithoutACopy() throws Exception {
        expectScan(MadeFile.pytorch((int) Math.max(1, Math.min(BYTES, MAX_ARCHIVE_BYTES) / MadeFile.LAYER_BYTES)), 6);
    }

    private void expectScan(MadeFile file, int times) throws Exception {
        made = file;
        var output = scan();

        assertThat(output).contains(StreamedScan.MARK + "HASHED null " + made.digest() + " " + made.parameters());
        assertThat(files).isEmpty();
        assertThat(served.get()).as("bytes asked for, of " + made.size()).isLessThan(times * made.size());
    }

    private String scan() throws Exception {
        var command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:MaxDirectMemorySize=64m",
                "-Djava.io.tmpdir=" + folder.resolve("tmp"),
                "-cp",
                System.getProperty("java.class.path"),
                StreamedScan.class.getName(),
                "http://127.0.0.1:" + server.getAddress().getPort() + "/large",
                folder.toString());
        var log = folder.resolve("output");
        var process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            boolean hasEnded = process.waitFor(2 + (BYTES >> 26), TimeUnit.MINUTES);
            assertThat(hasEnded).as("ended in time").isTrue();
            return Files.readString(log);
        } finally {
            process.destroyForcibly();
        }
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            lookForFiles();
            var ends = exchange.getRequestHeaders()
                    .getFirst("Range")
                    .substring("bytes=".length())
                    .split("-");
            long from = Long.parseLong(ends[0]);
            long to = Math.min(Long.parseLong(ends[1]) + 1, made.size());
            exchange.getResponseHeaders().set("ETag", TAG);
            exchange.getResponseHeaders().set("Content-Range", "bytes " + from + "-" + (to - 1) + "/" + made.size());
            exchange.sendResponseHeaders(206, to - from);
            served.addAndGet(to - from);
            made.write(exchange.getResponseBody(), from, to);
        }
    }

    /** All but the lock of the spool, the output, and what the JVM itself writes about its performance. */
    private void lookForFiles() {
        try (var paths = Files.walk(folder)) {
            paths.filter(Files::isRegularFile)
                    .filter(path -> !path.endsWith("lock") && !path.endsWith("output"))
                    .filter(path -> !path.toString().contains("hsperfdata"))
                    .forEach(files::add);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
