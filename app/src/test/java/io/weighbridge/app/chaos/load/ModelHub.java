package io.weighbridge.app.chaos.load;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A web host of model files: {@code /MILLIS/BREAKS/KEY/FILE} gives a file evenly over a time, and breaks off the first answers for a key in the
 * middle; an answer after a broken one goes on where that ended. What it does not have is not found.
 */
public final class ModelHub implements AutoCloseable {

    private static final int STEPS = 20;
    private static final Pattern ADDRESS = Pattern.compile("/(\\d+)/(\\d+)/([^/]+)/([^/]+)");
    private static final Pattern FROM = Pattern.compile("bytes=(\\d+)-");

    private final Path folder;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final ConcurrentHashMap<String, AtomicInteger> broken = new ConcurrentHashMap<>();
    private final Set<String> underWay = ConcurrentHashMap.newKeySet();

    private ModelHub(Path folder, HttpServer server) {
        this.folder = folder;
        this.server = server;
    }

    public static ModelHub open(Path folder) throws IOException {
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
        var hub = new ModelHub(folder, server);
        server.createContext("/", exchange -> {
            try (exchange) {
                hub.serve(exchange);
            }
        });
        server.setExecutor(hub.threads);
        server.start();
        return hub;
    }

    /**
     * The address of a file.
     *
     * @param key of the upload, so that each breaks off by itself
     */
    public String address(String file, long overMillis, int breaks, String key) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/" + overMillis + "/" + breaks + "/" + key + "/"
                + file;
    }

    /** How many of these keys' files are being downloaded at this moment. */
    public long underWay(Set<String> keys) {
        return keys.stream().filter(underWay::contains).count();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void serve(HttpExchange exchange) throws IOException {
        Matcher address = ADDRESS.matcher(exchange.getRequestURI().getPath());
        if (!address.matches() || !Files.isRegularFile(folder.resolve(address.group(4)))) {
            exchange.sendResponseHeaders(404, -1);
            return;
        }
        String key = address.group(3);
        byte[] file = Files.readAllBytes(folder.resolve(address.group(4)));
        exchange.getResponseHeaders().set("ETag", "\"" + address.group(4) + "\"");
        boolean isWhole =
                broken.computeIfAbsent(key, none -> new AtomicInteger()).getAndIncrement()
                        >= Integer.parseInt(address.group(2));
        underWay.add(key);
        try {
            send(exchange, rest(exchange, file), Long.parseLong(address.group(1)), isWhole);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            underWay.remove(key);
        }
    }

    private static byte[] rest(HttpExchange exchange, byte[] file) throws IOException {
        String range = exchange.getRequestHeaders().getFirst("Range");
        Matcher from = FROM.matcher(range == null ? "" : range);
        if (!from.find() || Long.parseLong(from.group(1)) >= file.length) {
            exchange.sendResponseHeaders(200, file.length);
            return file;
        }
        int offset = Integer.parseInt(from.group(1));
        exchange.getResponseHeaders()
                .set("Content-Range", "bytes " + offset + "-" + (file.length - 1) + "/" + file.length);
        exchange.sendResponseHeaders(206, file.length - offset);
        return Arrays.copyOfRange(file, offset, file.length);
    }

    private static void send(HttpExchange exchange, byte[] bytes, long overMillis, boolean isWhole)
            throws IOException, InterruptedException {
        int end = isWhole ? bytes.length : bytes.length / 2;
        int step = bytes.length / STEPS + 1;
        for (int from = 0; from < end; from += step) {
            exchange.getResponseBody().write(bytes, from, Math.min(step, end - from));
            exchange.getResponseBody().flush();
            TimeUnit.MILLISECONDS.sleep(overMillis / STEPS);
        }
    }
}
