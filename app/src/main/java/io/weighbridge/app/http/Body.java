package io.weighbridge.app.http;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The JSON object that a request sends. What is wrong with it is collected; {@link #check()} refuses the request with all of it. Fields that
 * nobody asked for are refused: a misspelt one would otherwise be ignored in silence.
 */
public final class Body {

    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final ObjectNode object;
    private final String pointer;
    private final List<ProblemException.Located> errors;
    private final Set<String> asked = new HashSet<>();
    private final List<Body> parts = new ArrayList<>();

    private Body(ObjectNode object, String pointer, List<ProblemException.Located> errors) {
        this.object = object;
        this.pointer = pointer;
        this.errors = errors;
    }

    /**
     * Reads the body.
     *
     * @throws ProblemException with status 400 if it is no JSON object
     */
    public static Body of(Context context) {
        try {
            if (JSON.readTree(context.bodyAsBytes()) instanceof ObjectNode object) {
                return new Body(object, "", new ArrayList<>());
            }
        } catch (JacksonException e) {
            var where = e.getLocation();
            throw new ProblemException(
                    HttpStatus.BAD_REQUEST,
                    "body at line " + where.getLineNr() + ", column " + where.getColumnNr() + ": "
                            + e.getOriginalMessage());
        } catch (IOException e) {
            throw new ProblemException(HttpStatus.BAD_REQUEST, "body: cannot be read");
        }
        throw new ProblemException(HttpStatus.BAD_REQUEST, "body: expected a JSON object");
    }

    /** The fields of a form, as texts; {@code true} and {@code false} are flags. Its files are not among them. */
    public static Body ofForm(Context context) {
        var object = JSON.createObjectNode();
        var body = new Body(object, "", new ArrayList<>());
        context.formParamMap().forEach((name, values) -> {
            if (values.size() > 1) {
                body.wrong(name, "expected once, got " + values.size() + " times");
            }
            // A file is in the map, too, without a value.
            String value = values.isEmpty() ? null : values.get(0);
            if (value == null) {
                return;
            }
            if (value.equals("true") || value.equals("false")) {
                object.put(name, Boolean.parseBoolean(value));
            } else {
                object.put(name, value);
            }
        });
        return body;
    }

    /** Text with something in it; empty if it is missing, which is wrong. */
    public String text(String name, int longest) {
        return optionalText(name, longest).orElseGet(() -> {
            if (isAbsent(name)) {
                wrong(name, "expected text, got none");
            }
            return "";
        });
    }

    /** Text with something in it, if the field is there and not null. */
    public Optional<String> optionalText(String name, int longest) {
        return value(name).flatMap(value -> {
            if (!value.isTextual() || value.textValue().isBlank()) {
                return refused(name, "expected text, got " + (value.isTextual() ? "blanks" : value));
            }
            String text = value.textValue().strip();
            if (text.length() > longest || text.chars().anyMatch(c -> Character.isISOControl(c) && c != '\n')) {
                return refused(name, "expected at most " + longest + " characters without control characters");
            }
            return Optional.of(text);
        });
    }

    /** One of the constants; null if it is missing, which is wrong. */
    public <E extends Enum<E>> E one(String name, Class<E> type) {
        return optionalOne(name, type).orElseGet(() -> {
            if (isAbsent(name)) {
                wrong(name, "expected one of " + Arrays.toString(type.getEnumConstants()) + ", got none");
            }
            return null;
        });
    }

    /** One of the constants, if the field is there and not null. */
    public <E extends Enum<E>> Optional<E> optionalOne(String name, Class<E> type) {
        return value(name).flatMap(value -> {
            var found = Arrays.stream(type.getEnumConstants())
                    .filter(constant -> constant.name().equals(value.textValue()))
                    .findFirst();
            if (found.isEmpty()) {
                wrong(name, "expected one of " + Arrays.toString(type.getEnumConstants()) + ", got " + value);
            }
            return found;
        });
    }

    /** A time with its zone, in milliseconds, if the field is there and not null. */
    public Optional<Instant> optionalTime(String name) {
        return value(name).flatMap(value -> {
            try {
                return Optional.of(Instant.parse(value.asText()).truncatedTo(ChronoUnit.MILLIS));
            } catch (DateTimeException e) {
                return refused(name, "expected a time such as 2026-01-31T12:00:00Z, got " + value);
            }
        });
    }

    /** A whole number, 0 or more, if the field is there and not null. */
    public Optional<Integer> optionalCount(String name) {
        return value(name).flatMap(value -> {
            if (!value.isInt() || value.intValue() < 0) {
                return refused(name, "expected a whole number, 0 or more, got " + value);
            }
            return Optional.of(value.intValue());
        });
    }

    /** True or false; false if the field is missing or null. */
    public boolean flag(String name) {
        return value(name)
                .map(value -> {
                    if (!value.isBoolean()) {
                        wrong(name, "expected true or false, got " + value);
                    }
                    return value.booleanValue();
                })
                .orElse(false);
    }

    /** Texts, each with something in it; empty if the field is missing or null. */
    public List<String> texts(String name, int most, int longest) {
        var value = value(name);
        if (value.isEmpty()) {
            return List.of();
        }
        var texts = new ArrayList<String>();
        value.get().forEach(item -> texts.add(item.textValue()));
        boolean isWrong = !value.get().isArray()
                || texts.size() > most
                || texts.stream().anyMatch(text -> text == null || text.isBlank() || text.length() > longest);
        if (isWrong) {
            wrong(name, "expected at most " + most + " texts of at most " + longest + " characters");
            return List.of();
        }
        return texts.stream().map(String::strip).distinct().toList();
    }

    /** The object in the field; one without any field if it is missing, which is wrong. */
    public Body part(String name) {
        var found = value(name).filter(JsonNode::isObject);
        if (found.isEmpty()) {
            wrong(name, "expected an object");
        }
        var part = new Body((ObjectNode) found.orElseGet(JSON::createObjectNode), pointer + "/" + name, errors);
        parts.add(part);
        return part;
    }

    /** Notes what is wrong with a field. */
    public void wrong(String name, String expectedAndGot) {
        errors.add(new ProblemException.Located(pointer + "/" + name, expectedAndGot));
    }

    /**
     * Call once all fields have been asked for.
     *
     * @throws ProblemException with status 422 if anything is wrong
     */
    public void check() {
        noteUnknown();
        if (!errors.isEmpty()) {
            throw new ProblemException(
                    HttpStatus.UNPROCESSABLE_CONTENT,
                    errors.stream()
                            .map(error -> error.at() + ": " + error.detail())
                            .collect(Collectors.joining("; ")),
                    errors);
        }
    }

    private void noteUnknown() {
        object.fieldNames().forEachRemaining(name -> {
            if (!asked.contains(name)) {
                wrong(name, "expected one of " + asked.stream().sorted().toList());
            }
        });
        parts.forEach(Body::noteUnknown);
    }

    private Optional<JsonNode> value(String name) {
        asked.add(name);
        return Optional.ofNullable(object.get(name)).filter(value -> !value.isNull());
    }

    private boolean isAbsent(String name) {
        return object.get(name) == null || object.get(name).isNull();
    }

    private <T> Optional<T> refused(String name, String expectedAndGot) {
        wrong(name, expectedAndGot);
        return Optional.empty();
    }
}
