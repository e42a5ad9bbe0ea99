package io.weighbridge.app.http.access;

import io.javalin.http.Context;
import io.javalin.http.Cookie;
import io.javalin.http.HttpResponseException;
import io.javalin.http.HttpStatus;
import io.javalin.http.SameSite;
import io.javalin.http.UnauthorizedResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;

/** Tells who makes a request by its token or cookie, and counts failed attempts by address. */
final class Credentials {

    private static final String COOKIE = "wb_session";
    private static final String BEARER = "Bearer ";

    private final TokenBook tokens;
    private final Sessions sessions;
    private final RateLimits attempts;
    private final boolean isHttps;

    Credentials(AccessSettings settings, TokenFile file, InstantSource clock) {
        try {
            tokens = new TokenBook(file, clock);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        sessions = new Sessions(tokens, settings.sessionIdle(), settings.sessionLongest(), clock);
        attempts = new RateLimits(settings.failedAttemptsPerMinute(), Duration.ofMinutes(1));
        isHttps = settings.publicUrl().startsWith("https:");
    }

    /**
     * Who makes the request; nobody if it shows nothing, or the cookie of a session that has ended.
     *
     * @throws HttpResponseException with status 401 if it shows a token that does not hold, 429 if its address has shown too many
     */
    Identity of(Context context) {
        String header = context.header("Authorization");
        if (header != null) {
            return ofToken(context, header);
        }
        String cookie = context.cookie(COOKIE);
        return cookie == null
                ? Identity.anonymous()
                : sessions.use(cookie).map(this::ofSession).orElseGet(Identity::anonymous);
    }

    /** Starts a session with a token, in exchange for the cookie that the answer sets. Refuses like {@link #of}. */
    Identity logIn(Context context, String text) {
        var token = tokens.find(text).orElseThrow(() -> failed(context, "token: not known, revoked or expired"));
        var session = sessions.start(token);
        context.cookie(cookie(context, session.id(), -1));
        return ofSession(session);
    }

    void logOut(Context context, Session session) {
        sessions.end(session.id());
        context.cookie(cookie(context, "", 0));
    }

    /** Counts a failed attempt of the request's address, and says how to refuse it. */
    HttpResponseException failed(Context context, String detail) {
        var probe = attempts.take(context.ip());
        if (!probe.isConsumed()) {
            context.header("Retry-After", Long.toString(RateLimits.secondsToWait(probe)));
            return new HttpResponseException(
                    HttpStatus.TOO_MANY_REQUESTS,
                    "failed attempts: expected at most " + attempts.capacity() + " a minute from one address",
                    Map.of());
        }
        Audit.noteAttempt(context);
        return unauthorized(context, detail);
    }

    static UnauthorizedResponse unauthorized(Context context, String detail) {
        context.header("WWW-Authenticate", "Bearer realm=\"weighbridge\"");
        return new UnauthorizedResponse(detail);
    }

    private Identity ofToken(Context context, String header) {
        boolean isBearer = header.regionMatches(true, 0, BEARER, 0, BEARER.length());
        var token = Optional.of(header)
                .filter(text -> isBearer)
                .map(text -> text.substring(BEARER.length()).strip())
                .flatMap(tokens::find)
                .orElseThrow(() -> failed(
                        context,
                        "Authorization: expected Bearer and a token that holds; it may be revoked or expired"));
        return new Identity(
                token.actor(),
                Optional.empty(),
                token.expiresAt(),
                () -> tokens.ofHash(token.hash()).isPresent());
    }

    private Identity ofSession(Session session) {
        return new Identity(
                session.actor(),
                Optional.of(session),
                Optional.of(session.expiresAt()),
                () -> sessions.find(session.id()).isPresent());
    }

    private Cookie cookie(Context context, String value, int maxAgeSeconds) {
        boolean isSecure = isHttps || context.scheme().equals("https");
        return new Cookie(COOKIE, value, "/", maxAgeSeconds, isSecure, true, null, SameSite.STRICT);
    }
}
