package io.weighbridge.app.http.access;

import io.javalin.http.ContentTooLargeResponse;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.javalin.http.HandlerType;
import io.javalin.http.HttpResponseException;
import io.javalin.http.HttpStatus;
import io.javalin.router.Endpoint;
import io.javalin.router.EndpointMetadata;
import io.javalin.security.Roles;
import java.util.Map;
import java.util.Set;

/**
 * The most bytes that a request to a route may send; metadata of an endpoint that takes more than {@link #DEFAULT}.
 *
 * @param bytes as told by Content-Length, which a request with a body must have
 */
public record BodyLimit(long bytes) implements EndpointMetadata {

    /** What a route takes unless it says otherwise. */
    public static final BodyLimit DEFAULT = new BodyLimit(64 * 1024);

    /** A route that takes so much. */
    public Endpoint endpoint(HandlerType method, String path, ApiRole least, Handler handler) {
        return Endpoint.create(method, path)
                .addMetadata(new Roles(Set.of(least)))
                .addMetadata(this)
                .handler(handler);
    }

    static void check(Context context) {
        var endpoint = context.endpoints().matchedHttpEndpoint();
        var own = endpoint == null ? null : endpoint.metadata(BodyLimit.class);
        long most = (own == null ? DEFAULT : own).bytes();
        if (context.header("Transfer-Encoding") != null) {
            throw new HttpResponseException(
                    HttpStatus.LENGTH_REQUIRED, "Content-Length: expected the length of the body, got none", Map.of());
        }
        long length = context.req().getContentLengthLong();
        if (length > most) {
            throw new ContentTooLargeResponse("body: expected at most " + most + " bytes, got " + length);
        }
    }
}
