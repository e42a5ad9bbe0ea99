package io.weighbridge.app.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.nio.charset.StandardCharsets;

/** The forms of all answers but the page and the event stream. */
public final class Responses {

    static final String PROBLEM = "application/problem+json";

    private static final ObjectMapper JSON = new ObjectMapper();

    private Responses() {}

    public static void json(Context context, HttpStatus status, JsonNode body) {
        send(context, status, "application/json", bytes(body));
    }

    public static void json(Context context, JsonNode body) {
        json(context, HttpStatus.OK, body);
    }

    /** An answer that a client may keep: not sent again while it stays the same. */
    public static void tagged(Context context, JsonNode body) {
        byte[] bytes = bytes(body);
        tagged(context, Etag.ofBytes(bytes), bytes);
    }

    /** As {@link #tagged(Context, JsonNode)}, under a tag that changes with the body. */
    public static void tagged(Context context, Etag tag, JsonNode body) {
        tagged(context, tag, bytes(body));
    }

    /** The tag that {@link #tagged(Context, JsonNode)} gives. */
    public static Etag tagOf(JsonNode body) {
        return Etag.ofBytes(bytes(body));
    }

    private static void tagged(Context context, Etag tag, byte[] body) {
        if (tag.isKnownTo(context)) {
            context.status(HttpStatus.NOT_MODIFIED);
        } else {
            send(context, HttpStatus.OK, "application/json", body);
        }
        context.header("ETag", tag.value());
        context.header("Cache-Control", "private, no-cache");
    }

    static void text(Context context, String contentType, String body) {
        send(context, HttpStatus.OK, contentType, body.getBytes(StandardCharsets.UTF_8));
    }

    /** An error as RFC 9457 describes. */
    public static void problem(Context context, HttpStatus status, String detail) {
        problem(context, status, problem(status, detail, context.path()));
    }

    /** An error that has members of its own. */
    static void problem(Context context, HttpStatus status, ObjectNode problem) {
        send(context, status, PROBLEM, bytes(problem));
    }

    static ObjectNode problem(HttpStatus status, String detail, String path) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("type", "about:blank")
                .put("title", status.getMessage())
                .put("status", status.getCode())
                .put("detail", detail)
                .put("instance", path);
    }

    static byte[] bytes(JsonNode body) {
        try {
            return JSON.writeValueAsBytes(body);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void send(Context context, HttpStatus status, String contentType, byte[] body) {
        context.status(status);
        context.contentType(contentType);
        context.header("Cache-Control", "no-store");
        context.result(body);
    }
}
