package io.weighbridge.app.http;

import io.javalin.http.BadRequestResponse;
import io.javalin.http.Context;
import io.weighbridge.app.index.IndexQuestion;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Supplier;

/** The parameters of a look-up: {@code code}, and maybe {@code radius} and {@code limit}. */
final class LookupParameters {

    private LookupParameters() {}

    static IndexQuestion of(Context context) {
        Query.only(context, Set.of("code", "radius", "limit"));
        String code = context.queryParam("code");
        if (code == null) {
            throw new BadRequestResponse("code: expected ALGORITHM:HEX such as pri@3:0f1e, got none");
        }
        return refusing(() -> new IndexQuestion(
                IndexQuestion.code(code),
                context.queryParam("radius") == null
                        ? OptionalInt.empty()
                        : OptionalInt.of(number("radius", context.queryParam("radius"))),
                context.queryParam("limit") == null
                        ? IndexQuestion.DEFAULT_LIMIT
                        : number("limit", context.queryParam("limit"))));
    }

    /** What is wrong with a question is the client's fault. */
    static <T> T refusing(Supplier<T> question) {
        try {
            return question.get();
        } catch (IllegalArgumentException e) {
            throw new BadRequestResponse(e.getMessage());
        }
    }

    private static int number(String name, String text) {
        if (!text.matches("[0-9]{1,6}")) {
            throw new IllegalArgumentException(name + ": expected a whole number, 0 or more, got " + text);
        }
        return Integer.parseInt(text);
    }
}
