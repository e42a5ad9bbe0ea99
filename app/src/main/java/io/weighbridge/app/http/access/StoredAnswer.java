package io.weighbridge.app.http.access;

import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * An answer that is given again to the same request.
 *
 * @param requestHash of the request's body
 */
record StoredAnswer(String requestHash, int status, Map<String, String> headers, ByteBuffer body) {

    private static final List<String> HEADERS = List.of("Content-Type", "Location", "ETag", "Cache-Control");
    private static final int OVERHEAD_BYTES = 1024;

    /** Takes the answer from a request that was met, and leaves it there. */
    static StoredAnswer of(Context context, String requestHash) {
        var headers = new TreeMap<String, String>();
        for (String name : HEADERS) {
            String value = context.res().getHeader(name);
            if (value != null) {
                headers.put(name, value);
            }
        }
        try (InputStream result = context.resultInputStream()) {
            byte[] body = result == null ? new byte[0] : result.readAllBytes();
            context.result(body);
            return new StoredAnswer(requestHash, context.statusCode(), headers, ByteBuffer.wrap(body));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void giveAgain(Context context) {
        context.status(status);
        headers.forEach(context::header);
        context.header("Idempotency-Replayed", "true");
        byte[] bytes = new byte[body.remaining()];
        body.duplicate().get(bytes);
        context.result(bytes);
    }

    /** What it takes in memory, about. */
    int sizeBytes() {
        return body.remaining() + OVERHEAD_BYTES;
    }
}
