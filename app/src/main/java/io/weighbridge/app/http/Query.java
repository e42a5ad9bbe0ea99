package io.weighbridge.app.http;

import io.javalin.http.BadRequestResponse;
import io.javalin.http.Context;
import io.weighbridge.app.feed.RowKey;
import java.util.Set;

/** The parameters of a request for a page of rows. Unknown ones are refused: a misspelt one would otherwise be ignored in silence. */
public record Query(int limit, RowKey after) {

    private static final int DEFAULT_LIMIT = 100;
    private static final int MAX_LIMIT = 500;

    /** Refuses any parameter. */
    public static void none(Context context) {
        only(context, Set.of());
    }

    public static Query of(Context context) {
        only(context, Set.of("limit", "cursor"));
        return new Query(limit(context.queryParam("limit")), cursor(context.queryParam("cursor")));
    }

    /** Refuses any parameter but these, and any that is given twice. */
    public static void only(Context context, Set<String> known) {
        context.queryParamMap().forEach((name, values) -> {
            if (!known.contains(name)) {
                throw new BadRequestResponse("parameter: expected "
                        + (known.isEmpty()
                                ? "none"
                                : String.join(" or ", known.stream().sorted().toList()))
                        + ", got " + name);
            }
            if (values.size() > 1) {
                throw new BadRequestResponse(name + ": expected once, got " + values.size() + " times");
            }
        });
    }

    private static int limit(String text) {
        if (text == null) {
            return DEFAULT_LIMIT;
        }
        if (text.matches("[0-9]{1,4}")) {
            int limit = Integer.parseInt(text);
            if (limit >= 1 && limit <= MAX_LIMIT) {
                return limit;
            }
        }
        throw new BadRequestResponse("limit: expected 1 to " + MAX_LIMIT + ", got " + text);
    }

    private static RowKey cursor(String text) {
        try {
            return text == null ? null : RowKey.fromCursor(text);
        } catch (IllegalArgumentException e) {
            throw new BadRequestResponse("cursor: " + e.getMessage());
        }
    }
}
