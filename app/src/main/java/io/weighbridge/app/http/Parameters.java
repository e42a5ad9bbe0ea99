package io.weighbridge.app.http;

import io.javalin.http.BadRequestResponse;
import io.javalin.http.Context;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** The parameters of a request's address, each refused with what was expected if it is wrong. */
public final class Parameters {

    private final Context context;

    private Parameters(Context context) {
        this.context = context;
    }

    /** Refuses any parameter but these, and any that is given twice. */
    public static Parameters of(Context context, Set<String> known) {
        Query.only(context, known);
        return new Parameters(context);
    }

    /** Text with something in it. */
    public Optional<String> text(String name) {
        return parsed(name, "text", text -> text.isBlank() ? null : text.strip());
    }

    /** Some of the constants, by commas; none if the parameter is missing. */
    public <E extends Enum<E>> Set<E> some(String name, Class<E> type) {
        return parsed(name, "some of " + Arrays.toString(type.getEnumConstants()) + " by commas", text -> {
                    var found = EnumSet.noneOf(type);
                    for (String part : text.split(",", -1)) {
                        found.add(Enum.valueOf(type, part.strip()));
                    }
                    return (Set<E>) found;
                })
                .orElse(Set.of());
    }

    /** A time with its zone. */
    public Optional<Instant> time(String name) {
        return parsed(name, "a time such as 2026-01-31T12:00:00Z", Instant::parse);
    }

    /** A whole number in a range, both ends inclusive. */
    public int count(String name, int least, int most, int byDefault) {
        return parsed(name, least + " to " + most, text -> {
                    int value = Integer.parseInt(text);
                    return value < least || value > most ? null : value;
                })
                .orElse(byDefault);
    }

    /** What the parser makes of the value: null, or an exception of bad arguments, if it is wrong. */
    public <T> Optional<T> parsed(String name, String expected, Function<String, T> parser) {
        String text = context.queryParam(name);
        if (text == null) {
            return Optional.empty();
        }
        try {
            T value = parser.apply(text);
            if (value != null) {
                return Optional.of(value);
            }
        } catch (IllegalArgumentException | DateTimeException e) {
            throw wrong(name, expected, text);
        }
        throw wrong(name, expected, text);
    }

    private static BadRequestResponse wrong(String name, String expected, String got) {
        return new BadRequestResponse(name + ": expected " + expected + ", got " + got);
    }
}
