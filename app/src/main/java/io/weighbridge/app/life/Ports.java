package io.weighbridge.app.life;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The four neighbouring loopback ports of a one-machine stack.
 *
 * @param http page and API; the port that users give
 * @param broker Kafka
 * @param registry schema registry
 * @param management health and metrics
 */
public record Ports(int http, int broker, int registry, int management) {

    /** HTTP port unless told otherwise. */
    public static final String DEFAULT = "8470";

    private static final int COUNT = 4;
    private static final int HIGHEST = 65_536 - COUNT;
    private static final int LOWEST_FREE = 10_000;
    private static final int HIGHEST_FREE = 32_000;
    private static final int TRIES = 100;

    /**
     * The ports that belong to an HTTP port: it and the next three.
     *
     * @throws IllegalArgumentException if there are no such ports
     */
    public static Ports from(int http) {
        if (http < 1 || http > HIGHEST) {
            throw new IllegalArgumentException("--port: expected 1 to " + HIGHEST + ", got " + http);
        }
        return new Ports(http, http + 1, http + 2, http + 3);
    }

    /** Four ports that nobody listens on now, below those that systems give to clients: one of these could be taken before it is used. */
    public static Ports free() {
        for (int i = 0; i < TRIES; i++) {
            int http = ThreadLocalRandom.current().nextInt(LOWEST_FREE, HIGHEST_FREE);
            if (isFree(http) && isFree(http + 1) && isFree(http + 2) && isFree(http + 3)) {
                return from(http);
            }
        }
        throw new IllegalStateException("no four free neighbouring ports in " + TRIES + " tries");
    }

    public String bootstrapServers() {
        return "127.0.0.1:" + broker;
    }

    public String registryUrl() {
        return "http://127.0.0.1:" + registry;
    }

    public String httpUrl() {
        return "http://127.0.0.1:" + http;
    }

    public String managementUrl() {
        return "http://" + managementAddress();
    }

    /** As {@code HOST:PORT}. */
    String managementAddress() {
        return "127.0.0.1:" + management;
    }

    private static boolean isFree(int port) {
        try (var socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException e) {
            return false;
        }
    }
}
