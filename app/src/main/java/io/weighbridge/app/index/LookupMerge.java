package io.weighbridge.app.index;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.weighbridge.alerting.Odds;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;

/** Puts together what all partitions know near a code, and draws the conclusion that an upload with this code would meet. */
final class LookupMerge {

    private static final List<String> HEAD =
            List.of("partitions", "algorithm", "bits", "radiusBits", "thresholdBits", "baselineMarginBits");

    private static final Comparator<JsonNode> NEAREST_FIRST = Comparator.<JsonNode>comparingInt(
                    model -> model.path("distanceBits").asInt())
            .thenComparing(model -> model.path("id").asText());

    private final JsonNode head;
    private final List<JsonNode> parts;
    private final int limit;
    private final JsonNode baseline;

    /** @param parts one of each partition */
    LookupMerge(JsonNode head, List<JsonNode> parts, int limit) {
        this.head = head;
        this.parts = parts;
        this.limit = limit;
        baseline = parts.stream()
                .map(part -> part.path("nearestBaseline"))
                .filter(JsonNode::isObject)
                .min(NEAREST_FIRST)
                .orElse(null);
    }

    ObjectNode json() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("indexComplete", true);
        HEAD.forEach(name -> json.set(name, head.path(name)));
        var models = nearest("models");
        json.put("isMatch", models.stream().anyMatch(this::isMatch));
        json.put(
                "found",
                parts.stream().mapToLong(part -> part.path("found").asLong()).sum());
        var matches = json.putArray("models");
        models.forEach(model -> matches.add(withMargin(model)));
        var baselines = json.putArray("baselines");
        nearest("baselines").forEach(model -> baselines.add(withOdds(model)));
        json.set("nearestBaseline", baseline == null ? null : withOdds(baseline));
        return json;
    }

    /** Every partition has all baselines, and each protected model is in one at most. */
    private List<JsonNode> nearest(String name) {
        var byId = new LinkedHashMap<String, JsonNode>();
        for (var part : parts) {
            part.path(name).forEach(model -> byId.putIfAbsent(model.path("id").asText(), model));
        }
        return byId.values().stream().sorted(NEAREST_FIRST).limit(limit).toList();
    }

    private ObjectNode withMargin(JsonNode model) {
        return withOdds(model)
                .put("marginBits", baseline == null ? null : Integer.valueOf(margin(model)))
                .put("isMatch", isMatch(model));
    }

    private static ObjectNode withOdds(JsonNode model) {
        ObjectNode copy = model.deepCopy();
        return copy.put(
                "oddsOfChance", Odds.ofChance(model.path("falseMatchRate").asDouble()));
    }

    private boolean isMatch(JsonNode model) {
        boolean isNear =
                model.path("distanceBits").asInt() <= head.path("thresholdBits").asInt();
        return isNear
                && (baseline == null
                        || margin(model) >= head.path("baselineMarginBits").asInt());
    }

    private int margin(JsonNode model) {
        return baseline.path("distanceBits").asInt()
                - model.path("distanceBits").asInt();
    }
}
