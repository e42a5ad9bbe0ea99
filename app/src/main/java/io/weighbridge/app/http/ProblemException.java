package io.weighbridge.app.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.javalin.http.HttpResponseException;
import io.javalin.http.HttpStatus;
import java.util.List;
import java.util.Map;

/** A request that cannot be met, with the places in it that are wrong; the answer lists them as {@code errors}. */
public final class ProblemException extends HttpResponseException {

    private static final long serialVersionUID = 1L;

    private final transient List<Located> errors;

    /** What is wrong, and where: a JSON pointer into the body. */
    public record Located(String at, String detail) {}

    public ProblemException(HttpStatus status, String detail) {
        this(status, detail, List.of());
    }

    public ProblemException(HttpStatus status, String detail, List<Located> errors) {
        super(status, detail, Map.of());
        this.errors = List.copyOf(errors);
    }

    /** Null if there are none. */
    ArrayNode errors() {
        if (errors.isEmpty()) {
            return null;
        }
        var list = JsonNodeFactory.instance.arrayNode();
        errors.forEach(error -> list.addObject().put("at", error.at()).put("detail", error.detail()));
        return list;
    }
}
