package io.weighbridge.hasher;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
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
    private static final int INPUTS = 4096;
    private static final long LAYER_BYTES = 64L << 20;
    private static final String TAG = "\"made\"";

    @TempDir
    private Path folder;

    private final Set<Path> files = ConcurrentHashMap.newKeySet();
    private final AtomicLong served = new AtomicLong();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final byte[] head = head();
    private final byte[] block = block();
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
        var output = scan();

        assertThat(output)
                .contains(StreamedScan.MARK + "HASHED null " + digest() + " " + layers() * (LAYER_BYTES / Float.BYTES));
        assertThat(files).isEmpty();
        assertThat(served.get()).as("bytes asked for, of " + size()).isLessThan(5 * size());
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

    private static long layers() {
        return Math.max(1, BYTES / LAYER_BYTES);
    }

    private static byte[] head() {
        var header = new StringBuilder("{");
        for (long i = 0; i < layers(); i++) {
            header.append(i == 0 ? "" : ",")
                    .append("\"layer.%d.weight\":{\"dtype\":\"F32\",\"shape\":[%d,%d],\"data_offsets\":[%d,%d]}"
                            .formatted(
                                    i,
                                    LAYER_BYTES / INPUTS / Float.BYTES,
                                    INPUTS,
                                    i * LAYER_BYTES,
                                    (i + 1) * LAYER_BYTES));
        }
        header.append("}").append(" ".repeat((8 - (header.length() + 1) % 8) % 8));
        return ByteBuffer.allocate(Long.BYTES + header.length())
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(header.length())
                .put(header.toString().getBytes(StandardCharsets.US_ASCII))
                .array();
    }

    /** Numbers that come again and again behind the header: so many that no two outputs are equal before they do. */
    private static byte[] block() {
        var random = new Random(11);
        var numbers = ByteBuffer.allocate(Float.BYTES * 1_000_003).order(ByteOrder.LITTLE_ENDIAN);
        while (numbers.hasRemaining()) {
            numbers.putFloat((float) random.nextGaussian());
        }
        return numbers.array();
    }

    private long size() {
        return head.length + layers() * LAYER_BYTES;
    }

    private void write(OutputStream out, long from, long to) throws IOException {
        for (long at = from; at < to; ) {
            boolean isHead = at < head.length;
            byte[] source = isHead ? head : block;
            int start = (int) (isHead ? at : (at - head.length) % block.length);
            int count = (int) Math.min(source.length - start, to - at);
            out.write(source, start, count);
            at += count;
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
            long to = Math.min(Long.parseLong(ends[1]) + 1, size());
            exchange.getResponseHeaders().set("ETag", TAG);
            exchange.getResponseHeaders().set("Content-Range", "bytes " + from + "-" + (to - 1) + "/" + size());
            exchange.sendResponseHeaders(206, to - from);
            served.addAndGet(to - from);
            write(exchange.getResponseBody(), from, to);
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

    private String digest() throws Exception {
        var digest = MessageDigest.getInstance("SHA-256");
        write(new DigestOutputStream(OutputStream.nullOutputStream(), digest), 0, size());
        return HexFormat.of().formatHex(digest.digest());
    }
}
