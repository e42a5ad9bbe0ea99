package io.weighbridge.app.http;

import io.weighbridge.app.feed.LiveFeed;
import io.weighbridge.app.http.access.Access;
import io.weighbridge.app.http.access.ApiRole;
import io.weighbridge.app.index.IndexGateway;
import java.util.List;
import java.util.Set;

/** Serves the page, the API, its events, and {@link ManagementRoutes}. */
public final class WebServer implements AutoCloseable {

    /** Room for all event readers, each of which holds a thread, and for others besides. */
    private static final int MAX_THREADS = EventStream.MAX_READERS + 32;

    private final Listener listener;
    private final EventStream events;

    private WebServer(Listener listener, EventStream events) {
        this.listener = listener;
        this.events = events;
    }

    /**
     * Serves once this returns. The feed and the access stay the caller's to close, after this.
     *
     * @param resources further parts of the API
     * @throws IllegalStateException if it cannot listen there, or must not without tokens
     */
    public static WebServer start(
            Listen listen,
            LiveFeed feed,
            StackInfo stack,
            IndexGateway index,
            ManagementRoutes management,
            Access access,
            List<Routes> resources) {
        if (access.isOpen() && !listen.isLoopback()) {
            throw new IllegalStateException("page at " + listen.address()
                    + ": expected a loopback address, because nobody has to show a token");
        }
        var api = new ApiRoutes(feed, stack);
        var indexRoutes = new IndexRoutes(index);
        var events = new EventStream(feed);
        var listener = Listener.start("http", listen, MAX_THREADS, routes -> {
            access.guard(routes);
            PageRoutes.mount(routes);
            api.mount(routes);
            indexRoutes.mount(routes);
            resources.forEach(resource -> resource.mount(routes));
            routes.get(Routes.ROOT + "/events", events, ApiRole.VIEWER);
            new SessionRoutes(access).mount(routes);
            new OpenApiRoutes().mount(routes);
            management.mount(routes);
        });
        return new WebServer(listener, events);
    }

    /** What is mounted, each as {@code GET /api/v1/uploads/{id}}. */
    Set<String> routes() {
        return listener.routes();
    }

    /** The port it listens on. */
    public int port() {
        return listener.port();
    }

    @Override
    public void close() {
        events.close();
        listener.close();
    }
}
