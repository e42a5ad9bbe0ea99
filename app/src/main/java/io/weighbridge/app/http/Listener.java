package io.weighbridge.app.http;

import static io.weighbridge.schemas.LogEvent.event;

import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.config.RoutesConfig;
import io.javalin.event.HandlerMetaInfo;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import io.javalin.http.HttpStatus;
import io.javalin.http.MethodNotAllowedResponse;
import io.javalin.http.NotFoundResponse;
import io.weighbridge.app.http.access.ApiRole;
import io.weighbridge.app.http.access.RequestId;
import java.net.BindException;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A server with what all of ours have in common: who may ask, which headers every answer has, and what an error looks like. */
final class Listener implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Listener.class);

    private static final Map<String, String> HEADERS = Map.of(
            "Content-Security-Policy",
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self';"
                    + " base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
            "X-Content-Type-Options",
            "nosniff",
            "X-Frame-Options",
            "DENY",
            "Referrer-Policy",
            "no-referrer",
            "Cross-Origin-Resource-Policy",
            "same-origin",
            "Cross-Origin-Opener-Policy",
            "same-origin",
            "Permissions-Policy",
            "camera=(), geolocation=(), microphone=()");

    /** Of a body that is read as a whole; the page's routes say what each of them takes. */
    private static final long MAX_REQUEST_BYTES = 1024 * 1024;

    /** How long a request that was answered before it was read may go on sending. */
    private static final Duration LONGEST_LINGER = Duration.ofSeconds(10);

    private final Javalin javalin;
    private final Set<String> mounted;

    private Listener(Javalin javalin, Set<String> mounted) {
        this.javalin = javalin;
        this.mounted = Set.copyOf(mounted);
    }

    /**
     * Listens once this returns.
     *
     * @throws IllegalStateException if the address is taken or not of this machine
     */
    static Listener start(String name, Listen listen, int maxThreads, Consumer<RoutesConfig> routes) {
        var mounted = new TreeSet<String>();
        var javalin = Javalin.create(config -> {
            config.events.handlerAdded(route -> {
                if (route.getHttpMethod().isHttpMethod()) {
                    requireRole(route);
                    mounted.add(route.getHttpMethod() + " " + route.getPath());
                }
            });
            configure(config, name, listen, maxThreads, routes);
        });
        try {
            javalin.start(listen.address(), listen.port());
            return new Listener(javalin, mounted);
        } catch (RuntimeException e) {
            javalin.stop();
            throw new IllegalStateException(
                    name + " at " + listen.address() + ":" + listen.port() + ": cannot listen: " + why(e), e);
        }
    }

    /** What is mounted, each as {@code GET /api/v1/uploads/{id}}. */
    Set<String> routes() {
        return mounted;
    }

    int port() {
        return javalin.port();
    }

    @Override
    public void close() {
        javalin.stop();
    }

    private static void configure(
            JavalinConfig config, String name, Listen listen, int maxThreads, Consumer<RoutesConfig> routes) {
        config.startup.showJavalinBanner = false;
        config.startup.showOldJavalinVersionWarning = false;
        config.startup.startupWatcherEnabled = false;
        config.http.prefer405over404 = true;
        config.http.maxRequestSize = MAX_REQUEST_BYTES;
        config.jetty.threadPool = threads(name, maxThreads);
        config.jetty.modifyHttpConfiguration(http -> {
            http.setSendServerVersion(false);
            // Jetty remembers the header values of a connection; without this it takes a token for another that differs
            // in case.
            http.setHeaderCacheCaseSensitive(true);
        });
        config.jetty.modifyServer(Listener::harden);
        config.routes.before(context -> HEADERS.forEach(context::header));
        config.routes.before(RequestId::assign);
        if (listen.isLoopback()) {
            config.routes.before(HostCheck.loopback(listen.address()));
        }
        routes.accept(config.routes);
        config.routes.exception(HttpResponseException.class, Listener::refuse);
        config.routes.exception(Exception.class, Listener::fail);
    }

    /** A route whose author forgot to say who may use it is not served. */
    private static void requireRole(HandlerMetaInfo route) {
        boolean isOne =
                route.getRoles().size() == 1 && route.getRoles().iterator().next() instanceof ApiRole;
        if (!isOne) {
            throw new IllegalStateException(route.getHttpMethod() + " " + route.getPath()
                    + ": expected the least role that it needs, got " + route.getRoles());
        }
    }

    private static QueuedThreadPool threads(String name, int maxThreads) {
        var pool = new QueuedThreadPool(maxThreads, Math.min(4, maxThreads));
        pool.setName(name);
        pool.setDaemon(true);
        return pool;
    }

    /** Requests that never reach a route, such as malformed ones, get their error here. */
    private static void harden(Server server) {
        server.setErrorHandler(new ProblemErrorHandler(HEADERS));
        server.setHandler(new LingeringClose(LONGEST_LINGER));
        // What is asked is answered in milliseconds or goes on for ever: there is nothing to wait for.
        server.setStopTimeout(0);
    }

    private static void refuse(HttpResponseException refused, Context context) {
        var status = HttpStatus.forStatus(refused.getStatus());
        if (refused instanceof MethodNotAllowedResponse) {
            String allowed = allowed(refused);
            context.header("Allow", allowed);
            Responses.problem(context, status, "method: expected one of " + allowed + ", got " + context.method());
        } else if (refused instanceof NotFoundResponse && refused.getDetails().isEmpty()) {
            Responses.problem(context, status, "nothing is here");
        } else {
            var problem = Responses.problem(status, refused.getMessage(), context.path());
            if (refused instanceof ProblemException located && located.errors() != null) {
                problem.set("errors", located.errors());
            }
            Responses.problem(context, status, problem);
        }
    }

    /** Javalin names them in one text under one of several keys, and leaves out that HEAD goes where GET does. */
    private static String allowed(HttpResponseException refused) {
        return refused.getDetails().values().stream().findFirst().orElse("").replaceFirst("\\bGET\\b", "GET, HEAD");
    }

    private static void fail(Exception failure, Context context) {
        LOG.error(event("api.request.failed"), "{} {}", context.method(), context.path(), failure);
        Responses.problem(context, HttpStatus.INTERNAL_SERVER_ERROR, "the server's log tells more");
    }

    private static String why(RuntimeException failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof BindException) {
                return cause.getMessage();
            }
        }
        return failure.getMessage();
    }
}
