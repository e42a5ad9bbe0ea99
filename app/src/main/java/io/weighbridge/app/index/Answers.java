package io.weighbridge.app.index;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * What the instances of the matcher answered.
 *
 * @param byInstance by where each said it is
 * @param silent why those did not answer that should have, by where they are
 */
record Answers(Map<String, JsonNode> byInstance, Map<String, String> silent) {

    /** Any of the answers; what is in their heads is the same in all. */
    JsonNode any() throws IncompleteIndexException {
        if (byInstance.isEmpty()) {
            throw new IncompleteIndexException("no matcher answers: " + why(), List.of());
        }
        return byInstance.values().iterator().next();
    }

    /**
     * The parts about single partitions, each partition once, in their order.
     *
     * @param name of the array that holds an instance's
     * @throws IncompleteIndexException if one is not answered for
     */
    List<JsonNode> complete(String name) throws IncompleteIndexException {
        var parts = parts(name);
        var missing = missing(parts.keySet().stream().toList());
        if (!missing.isEmpty()) {
            throw new IncompleteIndexException(
                    "partitions " + missing + " of " + any().path("partitions").asInt()
                            + " are not answered for: they are being restored or moved, or their matcher is down"
                            + (silent.isEmpty() ? "" : "; " + why()),
                    missing);
        }
        return List.copyOf(parts.values());
    }

    /** Which partitions are not among these. */
    List<Integer> missing(List<Integer> answered) throws IncompleteIndexException {
        return IntStream.range(0, any().path("partitions").asInt())
                .filter(partition -> !answered.contains(partition))
                .boxed()
                .toList();
    }

    private Map<Integer, JsonNode> parts(String name) {
        var parts = new TreeMap<Integer, JsonNode>();
        for (var answer : byInstance.values()) {
            answer.path(name)
                    .forEach(part -> parts.putIfAbsent(part.path("partition").asInt(), part));
        }
        return parts;
    }

    private String why() {
        var reasons = new ArrayList<String>();
        silent.forEach((address, reason) -> reasons.add(address + ": " + reason));
        return reasons.isEmpty() ? "none is known" : String.join("; ", reasons);
    }

    /** Nothing answered yet. */
    static Answers none() {
        return new Answers(new LinkedHashMap<>(), new LinkedHashMap<>());
    }
}
