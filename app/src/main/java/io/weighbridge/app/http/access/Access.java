package io.weighbridge.app.http.access;

import com.github.benmanes.caffeine.cache.Ticker;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.ForbiddenResponse;
import io.javalin.http.HttpResponseException;
import io.javalin.http.HttpStatus;
import io.javalin.http.UnauthorizedResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;

/**
 * Stands before every route: tells who asks, and lets a request through if its actor has the role that the route declares, comes from no
 * other site's page, keeps to the limits, and is written down if it may change something.
 */
public final class Access implements AutoCloseable {

    private static final String IDENTITY = "weighbridge.identity";

    private final Optional<Credentials> credentials;
    private final CrossSite crossSite;
    private final RateLimits rates;
    private final RepeatedRequests repeated;
    private final Audit audit;
    private final AuditLog log;
    private final int requestsPerSecond;

    private Access(AccessSettings settings, AuditLog log, InstantSource clock) {
        credentials = settings.tokensFile().map(file -> new Credentials(settings, new TokenFile(file), clock));
        crossSite = new CrossSite(settings.publicUrl());
        requestsPerSecond = settings.requestsPerSecond();
        rates = new RateLimits(
                settings.requestsBurst(),
                Duration.ofNanos(1_000_000_000L * settings.requestsBurst() / settings.requestsPerSecond()));
        Ticker ticker = () -> clock.millis() * 1_000_000;
        repeated = new RepeatedRequests(ticker);
        audit = new Audit(log);
        this.log = log;
    }

    /**
     * Reads the tokens.
     *
     * @param log closed with this
     * @throws java.io.UncheckedIOException if they cannot be read
     */
    public static Access of(AccessSettings settings, AuditLog log) {
        return of(settings, log, InstantSource.system());
    }

    static Access of(AccessSettings settings, AuditLog log, InstantSource clock) {
        return new Access(settings, log, clock);
    }

    /** Who makes the request; anonymous if nobody said. */
    public static Actor actor(Context context) {
        Identity identity = context.attribute(IDENTITY);
        return identity == null ? Actor.ANONYMOUS : identity.actor();
    }

    /** The session by whose cookie the request is made. */
    public static Optional<Session> session(Context context) {
        Identity identity = context.attribute(IDENTITY);
        return identity == null ? Optional.empty() : identity.session();
    }

    /** When what the request shows ends at the latest; empty if never. */
    public static Optional<Instant> expiresAt(Context context) {
        Identity identity = context.attribute(IDENTITY);
        return identity == null ? Optional.empty() : identity.expiresAt();
    }

    /** Whether what was shown when the request began is still good; for answers that go on for long. */
    public static boolean holds(Context context) {
        Identity identity = context.attribute(IDENTITY);
        return identity == null || identity.holds().getAsBoolean();
    }

    /** Whether nobody has to say who they are. */
    public boolean isOpen() {
        return credentials.isEmpty();
    }

    /** Guards all routes that are mounted. */
    public void guard(RoutesConfig routes) {
        routes.beforeMatched(this::admit);
        routes.afterMatched(this::leave);
    }

    /** Exchanges a token for the cookie of a session; refuses with 401 or 429. */
    public void logIn(Context context, String token) {
        context.attribute(
                IDENTITY, credentials.map(known -> known.logIn(context, token)).orElseGet(Identity::demo));
    }

    /** Ends the session by whose cookie the request is made. */
    public void logOut(Context context) {
        session(context).ifPresent(session -> credentials.orElseThrow().logOut(context, session));
    }

    /** Counts a failed attempt to show a secret other than a token, and says how to refuse it. */
    public HttpResponseException failed(Context context, String detail) {
        return credentials
                .map(known -> known.failed(context, detail))
                .orElseGet(() -> new UnauthorizedResponse(detail));
    }

    private void admit(Context context) {
        ApiRole least = least(context);
        Identity identity = identify(context, least);
        context.attribute(IDENTITY, identity);
        requireRole(context, identity.actor(), least);
        takeOne(context, identity.actor());
        if (!Audit.isChange(context)) {
            return;
        }
        crossSite.requireOwnOrigin(context);
        identity.session().ifPresent(session -> CrossSite.requireCsrfToken(context, session));
        BodyLimit.check(context);
        audit.begin(context);
        if (least != ApiRole.ANYONE && repeated.answer(context)) {
            audit.end(context);
            context.skipRemainingHandlers();
        }
    }

    private void leave(Context context) {
        repeated.store(context);
        audit.end(context);
    }

    /** What needs nothing is open also to those who show something that does not hold, so that they can log in again. */
    private Identity identify(Context context, ApiRole least) {
        if (least == ApiRole.ANYONE) {
            return Identity.anonymous();
        }
        return credentials.map(known -> known.of(context)).orElseGet(Identity::demo);
    }

    private void requireRole(Context context, Actor actor, ApiRole least) {
        if (actor.role().includes(least)) {
            return;
        }
        if (actor.role() != ApiRole.ANYONE) {
            throw new ForbiddenResponse("role: expected " + least.id() + " or more, got "
                    + actor.role().id());
        }
        String detail = "token: expected one in Authorization: Bearer, or the cookie of a session, got none";
        throw Audit.isChange(context)
                ? credentials.orElseThrow().failed(context, detail)
                : Credentials.unauthorized(context, detail);
    }

    private void takeOne(Context context, Actor actor) {
        boolean isAnonymous = actor.role() == ApiRole.ANYONE;
        var probe = rates.take(isAnonymous ? "address " + context.ip() : "token " + actor.name());
        context.header(
                "RateLimit-Policy", "\"default\";q=" + requestsPerSecond + ";w=1, \"burst\";q=" + rates.capacity());
        context.header("RateLimit", "\"burst\";r=" + probe.getRemainingTokens());
        if (!probe.isConsumed()) {
            context.header("Retry-After", Long.toString(RateLimits.secondsToWait(probe)));
            throw new HttpResponseException(
                    HttpStatus.TOO_MANY_REQUESTS,
                    "requests: expected at most " + requestsPerSecond + " a second in the long run",
                    Map.of());
        }
    }

    /** HEAD matches a route of GET without meeting it, and without its role: it tells nothing but that the route is there. */
    private static ApiRole least(Context context) {
        return context.routeRoles().stream()
                .map(ApiRole.class::cast)
                .findFirst()
                .orElse(ApiRole.ANYONE);
    }

    @Override
    public void close() {
        log.close();
    }
}
