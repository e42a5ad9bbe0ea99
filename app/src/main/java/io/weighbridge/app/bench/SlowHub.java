package io.weighbridge.app.bench;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * Web hosts on this machine that give one file: some at once, each of the others evenly over a time. Every host has a loopback address of its own, so that
 * they are different hosts to whoever asks.
 */
final class SlowHub implements AutoCloseable {

    private static final int STEPS = 20;

    private final byte[] file;
    private final long slowMillis;
    private final List<HttpServer> servers = new ArrayList<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch closing = new CountDownLatch(1);

    private SlowHub(byte[] file, long slowMillis) {
        this.file = file;
        this.slowMillis = slowMillis;
    }

    /** @throws IOException if this machine has one loopback address only */
    static SlowHub open(byte[] file, int fastHosts, int slowHosts, long slowMillis) throws IOException {
        var hub = new SlowHub(file, slowMillis);
        try {
            for (int i = 0; i < fastHosts + slowHosts; i++) {
                hub.add(i, i >= fastHosts);
            }
            return hub;
        } catch (IOException e) {
            hub.close();
            throw new IOException("this benchmark needs loopback addresses beside 127.0.0.1: " + e.getMessage(), e);
        }
    }

    private void add(int number, boolean isSlow) throws IOException {
        var address =
                InetAddress.getByAddress(new byte[] {127, 0, (byte) (1 + number / 250), (byte) (1 + number % 250)});
        var server = HttpServer.create(new InetSocketAddress(address, 0), 0);
        servers.add(server);
        server.setExecutor(threads);
        server.createContext("/", exchange -> {
            try (exchange) {
                serve(exchange, isSlow);
            }
        });
        server.start();
    }

    private void serve(HttpExchange exchange, boolean isSlow) throws IOException {
        exchange.sendResponseHeaders(200, file.length);
        int step = isSlow ? file.length / STEPS + 1 : file.length;
        for (int from = 0; from < file.length; from += step) {
            exchange.getResponseBody().write(file, from, Math.min(step, file.length - from));
            exchange.getResponseBody().flush();
            if (isSlow && isClosedWithin(slowMillis / STEPS)) {
                return;
            }
        }
    }

    private boolean isClosedWithin(long millis) {
        try {
            return closing.await(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    /** The file's address at a host. */
    String address(int host) {
        var at = servers.get(host).getAddress();
        return "http://" + at.getAddress().getHostAddress() + ":" + at.getPort() + "/model.safetensors";
    }

    @Override
    public void close() {
        closing.countDown();
        servers.forEach(server -> server.stop(0));
        threads.shutdownNow();
    }
}
