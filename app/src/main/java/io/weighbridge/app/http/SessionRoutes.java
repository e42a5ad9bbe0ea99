package io.weighbridge.app.http;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.config.RoutesConfig;
import io.javalin.http.BadRequestResponse;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import io.weighbridge.app.http.access.Access;
import io.weighbridge.app.http.access.ApiRole;
import io.weighbridge.app.http.access.Session;
import java.io.IOException;
import java.time.Instant;
import java.util.concurrent.Semaphore;

/** Logging in and out of a browser: {@code /api/v1/session}. */
final class SessionRoutes implements Routes {

    private static final String PATH = ROOT + "/session";
    /** Anybody may send a body here, as slowly as they like: others must find a thread. */
    private static final int MOST_AT_ONCE = 8;

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Access access;
    private final Semaphore loggingIn = new Semaphore(MOST_AT_ONCE);

    SessionRoutes(Access access) {
        this.access = access;
    }

    @Override
    public void mount(RoutesConfig routes) {
        routes.post(PATH, this::logIn, ApiRole.ANYONE);
        routes.get(PATH, this::show, ApiRole.VIEWER);
        routes.delete(PATH, this::logOut, ApiRole.VIEWER);
    }

    private void logIn(Context context) throws IOException {
        Query.none(context);
        if (!loggingIn.tryAcquire()) {
            context.header("Retry-After", "1");
            Responses.problem(
                    context, HttpStatus.SERVICE_UNAVAILABLE, "logins at once: expected at most " + MOST_AT_ONCE);
            return;
        }
        try {
            access.logIn(context, token(context));
            tell(context);
        } finally {
            loggingIn.release();
        }
    }

    private void show(Context context) {
        Query.none(context);
        tell(context);
    }

    private void logOut(Context context) {
        Query.none(context);
        access.logOut(context);
        context.status(HttpStatus.NO_CONTENT);
    }

    private static String token(Context context) throws IOException {
        try {
            if (JSON.readTree(context.bodyAsBytes()) instanceof ObjectNode body
                    && body.size() == 1
                    && body.path("token").isTextual()) {
                return body.path("token").textValue();
            }
        } catch (JacksonException e) {
            throw new BadRequestResponse("body: expected JSON, got something else at byte "
                    + e.getLocation().getByteOffset());
        }
        throw new BadRequestResponse("body: expected an object whose only field is token");
    }

    private static void tell(Context context) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("name", Access.actor(context).name());
        body.put("role", Access.actor(context).role().id());
        body.put("csrfToken", Access.session(context).map(Session::csrfToken).orElse(null));
        body.put("expiresAt", Access.expiresAt(context).map(Instant::toString).orElse(null));
        Responses.json(context, body);
    }
}
