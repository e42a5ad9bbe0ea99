package io.weighbridge.app.http.resource;

import io.javalin.http.Context;
import io.javalin.http.NotFoundResponse;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** What the path of a request names. */
final class Found {

    private Found() {}

    /**
     * @param kind what it is, for people
     * @param parameter of the path
     * @throws NotFoundResponse if it is not there
     */
    static <T> T in(Context context, String kind, String parameter, Function<String, Optional<T>> look) {
        String id = context.pathParam(parameter);
        return look.apply(id)
                .orElseThrow(() -> new NotFoundResponse(
                        kind + " " + id + ": not known, or older than what is kept", Map.of("kind", kind)));
    }
}
