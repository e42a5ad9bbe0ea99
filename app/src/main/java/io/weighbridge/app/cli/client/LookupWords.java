package io.weighbridge.app.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** Says in words what look-ups found, and what follows from it. */
final class LookupWords {

    /** Of more models the table tells enough. */
    private static final int MOST_MODELS = 5;

    private final List<JsonNode> lookups;

    LookupWords(List<JsonNode> lookups) {
        this.lookups = lookups;
    }

    List<String> sentences() {
        var sentences = new ArrayList<String>();
        for (var lookup : lookups) {
            searched(sentences, lookup);
            int told = 0;
            for (var model : lookup.path("models")) {
                if (told++ < MOST_MODELS) {
                    sentences.add(of(lookup, model));
                }
            }
            baseline(sentences, lookup);
        }
        if (lookups.isEmpty()) {
            sentences.add("The file has no code that the index could be asked for.");
        } else {
            sentences.add(
                    "What is near shares weights; who had them first, and whether it was allowed, no distance tells.");
        }
        return sentences;
    }

    private static void searched(List<String> sentences, JsonNode lookup) {
        long found = lookup.path("found").asLong();
        sentences.add(lookup.path("algorithm").asText() + ": all "
                + lookup.path("partitions").asInt()
                + " partitions of the index answered; within "
                + lookup.path("radiusBits").asInt() + " of "
                + lookup.path("bits").asInt() + " bits "
                + (found == 1 ? "is 1 protected model" : "are " + found + " protected models")
                + ".");
    }

    private static String of(JsonNode lookup, JsonNode model) {
        String what = model.path("id").asText() + " of " + model.path("owner").asText() + " differs in "
                + model.path("distanceBits").asInt() + " bits; unrelated models come so near: "
                + model.path("oddsOfChance").asText() + ". ";
        if (model.path("distanceBits").asInt() > lookup.path("thresholdBits").asInt()) {
            return what + "That is beyond the threshold of "
                    + lookup.path("thresholdBits").asInt() + " bits: no match.";
        }
        if (!model.path("marginBits").isNumber()) {
            return what + "No public baseline is known to compare with: a match.";
        }
        int bits = model.path("marginBits").asInt();
        String margin = "It is " + Math.abs(bits) + " bits " + (bits < 0 ? "farther" : "nearer")
                + " than the nearest public baseline, "
                + lookup.path("nearestBaseline").path("id").asText();
        return model.path("isMatch").asBoolean()
                ? what + margin + ": what both share is not all public, a match."
                : what + margin + ", and a match must be "
                        + lookup.path("baselineMarginBits").asInt()
                        + " nearer: a common public ancestor explains it, no alert.";
    }

    private static void baseline(List<String> sentences, JsonNode lookup) {
        var nearest = lookup.path("nearestBaseline");
        if (nearest.isObject() && lookup.path("models").isEmpty()) {
            sentences.add("The nearest public baseline, " + nearest.path("id").asText() + ", differs in "
                    + nearest.path("distanceBits").asInt() + " bits: "
                    + (lookup.path("baselines").isEmpty() ? "not near." : "a copy of it, which is no infringement."));
        }
    }
}
