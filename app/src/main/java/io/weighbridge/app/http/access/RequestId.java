package io.weighbridge.app.http.access;

import io.javalin.http.Context;
import java.util.UUID;

/** The id of a request, which its answer and its entries in the audit log carry. */
public final class RequestId {

    /** Header of every answer. */
    public static final String HEADER = "X-Request-Id";

    private static final String KEY = "weighbridge.request.id";

    private RequestId() {}

    /** Gives the request an id of our own: one that the client chose could be another's. */
    public static void assign(Context context) {
        String id = next();
        context.attribute(KEY, id);
        context.header(HEADER, id);
    }

    /** A new one. */
    public static String next() {
        return UUID.randomUUID().toString();
    }

    static String of(Context context) {
        String id = context.attribute(KEY);
        return id == null ? "" : id;
    }
}
