package io.weighbridge.app.http.resource;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.HttpStatus;
import io.weighbridge.schemas.avro.CaseDecision;
import io.weighbridge.schemas.avro.InfringementCase;
import java.util.Optional;
import java.util.function.Function;

/**
 * One of many cases that are decided together.
 *
 * @param decision empty if it cannot be decided so
 * @param status why it cannot, as an HTTP status; null if it can
 * @param detail the same in words
 */
record BulkDecision(String alertId, Optional<CaseDecision> decision, HttpStatus status, String detail) {

    static BulkDecision of(
            String alertId, Optional<InfringementCase> known, Function<InfringementCase, CaseDecision> decide) {
        if (known.isEmpty()) {
            return new BulkDecision(
                    alertId, Optional.empty(), HttpStatus.NOT_FOUND, "alert " + alertId + ": not known");
        }
        CaseDecision decision = decide.apply(known.get());
        return DecisionRoutes.refusal(known.get(), decision)
                .map(problem -> new BulkDecision(
                        alertId, Optional.empty(), HttpStatus.forStatus(problem.getStatus()), problem.getMessage()))
                .orElseGet(() -> new BulkDecision(alertId, Optional.of(decision), null, null));
    }

    /** The same, not published for that reason; one that could not be decided anyway stays as it is. */
    BulkDecision unpublished(String reason) {
        return decision.isEmpty()
                ? this
                : new BulkDecision(alertId, Optional.empty(), HttpStatus.SERVICE_UNAVAILABLE, reason);
    }

    /** @param decided the case with the decision; empty if it was not seen in time, or there was none */
    ObjectNode result(Optional<InfringementCase> decided) {
        if (decision.isEmpty()) {
            return json(status, detail, null);
        }
        if (decided.isEmpty()) {
            return json(HttpStatus.ACCEPTED, "published, not yet in effect", null);
        }
        Integer version = decided.get().getVersion();
        return DecisionRoutes.refusalOf(decided.get(), decision.get())
                .map(refusal -> json(HttpStatus.CONFLICT, refusal, version))
                .orElseGet(() -> json(HttpStatus.OK, null, version));
    }

    private ObjectNode json(HttpStatus result, String why, Integer version) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("alertId", alertId)
                .put("status", result.getCode())
                .put("detail", why)
                .put("version", version);
    }
}
