package io.weighbridge.app.index;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Puts together how all partitions of the index fare: what is kept in all, on which instance each is, and which are missing. */
final class StatusMerge {

    private final Answers answers;
    private final Map<Integer, ObjectNode> active = new TreeMap<>();
    private final List<ObjectNode> all = new ArrayList<>();

    StatusMerge(Answers answers) {
        this.answers = answers;
        answers.byInstance()
                .forEach((instance, answer) -> answer.path("local").forEach(local -> {
                    ObjectNode partition = local.deepCopy();
                    partition.put("instance", instance);
                    boolean isActive = partition.path("state").asText().equals("ACTIVE");
                    // While a partition moves, two instances may believe to have it.
                    if (!isActive
                            || active.putIfAbsent(partition.path("partition").asInt(), partition) == null) {
                        all.add(partition);
                    }
                }));
    }

    ObjectNode json() throws IncompleteIndexException {
        var head = answers.any();
        var missing = answers.missing(List.copyOf(active.keySet()));
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("indexComplete", missing.isEmpty());
        json.set("partitions", head.path("partitions"));
        var missingPartitions = json.putArray("missingPartitions");
        missing.forEach(missingPartitions::add);
        json.put(
                "bytes",
                CodesTotal.of(active.values()).stream()
                        .mapToLong(CodesTotal::bytes)
                        .sum());
        json.put("newestAppliedAt", newestApplied());
        json.put("pendingSearches", sum("pendingSearches"));
        json.set("baselineMarginBits", head.path("baselineMarginBits"));
        json.set("algorithms", head.path("algorithms"));
        var codes = json.putArray("codes");
        CodesTotal.of(active.values()).forEach(total -> codes.add(total.json()));
        json.putArray("quarantined").addAll(quarantined());
        var instances = json.putArray("instances");
        answers.byInstance()
                .keySet()
                .forEach(
                        address -> instances.addObject().put("address", address).put("problem", (String) null));
        answers.silent()
                .forEach((address, reason) ->
                        instances.addObject().put("address", address).put("problem", reason));
        var partitions = json.putArray("partitionStates");
        all.stream().sorted(StatusMerge::inOrder).forEach(partition -> partitions.add(shown(partition)));
        return json;
    }

    private static int inOrder(JsonNode a, JsonNode b) {
        int byPartition =
                Integer.compare(a.path("partition").asInt(), b.path("partition").asInt());
        return byPartition != 0
                ? byPartition
                : a.path("state").asText().compareTo(b.path("state").asText());
    }

    private String newestApplied() {
        return active.values().stream()
                .map(partition -> partition.path("newestAppliedAt"))
                .filter(JsonNode::isTextual)
                .map(JsonNode::asText)
                .max(Comparator.comparing(Instant::parse))
                .orElse(null);
    }

    private long sum(String name) {
        return active.values().stream()
                .mapToLong(partition -> partition.path(name).asLong())
                .sum();
    }

    /** With an index a model may be in quarantine at several places; each holds alerts of its own. */
    private List<JsonNode> quarantined() {
        var byModel = new TreeMap<String, ObjectNode>();
        for (var partition : active.values()) {
            for (var one : partition.path("quarantined")) {
                ObjectNode copy = one.deepCopy();
                byModel.merge(
                        one.path("id").asText() + " " + one.path("algorithm").asText(),
                        copy,
                        (before, also) -> before.put(
                                "heldAlerts",
                                before.path("heldAlerts").asLong()
                                        + also.path("heldAlerts").asLong()));
            }
        }
        return List.copyOf(byModel.values());
    }

    private static ObjectNode shown(ObjectNode partition) {
        long entries = 0;
        long bytes = 0;
        for (var codes : partition.path("codes")) {
            entries += codes.path("entries").asLong();
            bytes += codes.path("bytes").asLong();
        }
        ObjectNode shown = partition.deepCopy();
        shown.remove(List.of("codes", "quarantined"));
        return shown.put("entries", entries).put("bytes", bytes);
    }
}
