package io.weighbridge.alerting;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.weighbridge.schemas.avro.InfringementAlert;
import java.util.Optional;

/** The nearest public baseline of an alert, in words and as JSON. */
public final class BaselineWords {

    private BaselineWords() {}

    /** Such as {@code 212 bits nearer than to the public resnet18}; empty if no baseline was known. */
    public static Optional<String> of(InfringementAlert alert) {
        return Optional.ofNullable(alert.getNearestBaseline())
                .map(baseline -> baseline.getMarginBits() + " bits nearer than to the public " + baseline.getId());
    }

    /** Null if no baseline was known. */
    static ObjectNode json(InfringementAlert alert) {
        var baseline = alert.getNearestBaseline();
        return baseline == null
                ? null
                : JsonNodeFactory.instance
                        .objectNode()
                        .put("id", baseline.getId())
                        .put("name", baseline.getName())
                        .put("distanceBits", baseline.getDistanceBits())
                        .put("marginBits", baseline.getMarginBits());
    }
}
