package io.weighbridge.app.http;

/**
 * Serves {@link ManagementRoutes} on a port of their own, so that probes and scrapers need no access to the rest, and {@link InstanceRoutes}, by
 * which instances are asked for their partitions of the index.
 */
public final class ManagementServer implements AutoCloseable {

    private static final int MAX_THREADS = 12;

    private final Listener listener;

    private ManagementServer(Listener listener) {
        this.listener = listener;
    }

    /**
     * Serves once this returns.
     *
     * @throws IllegalStateException if it cannot listen there
     */
    public static ManagementServer start(Listen listen, ManagementRoutes management, InstanceRoutes instance) {
        return new ManagementServer(Listener.start("management", listen, MAX_THREADS, routes -> {
            management.mount(routes);
            instance.mount(routes);
        }));
    }

    /** The port it listens on. */
    public int port() {
        return listener.port();
    }

    @Override
    public void close() {
        listener.close();
    }
}
