package io.weighbridge.app.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/** The API does not answer, or answers with a problem; the message says which. */
public final class ApiException extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient JsonNode problem;

    /** @param problem as the API gave it; null if it did not answer */
    ApiException(String message, JsonNode problem) {
        super(message);
        this.problem = problem;
    }

    /** As RFC 9457 describes; empty if the API did not answer. */
    public Optional<JsonNode> problem() {
        return Optional.ofNullable(problem);
    }
}
