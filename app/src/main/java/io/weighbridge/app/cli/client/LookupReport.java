package io.weighbridge.app.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.weighbridge.app.cli.Table;
import io.weighbridge.app.feed.ScanJson;
import io.weighbridge.schemas.avro.FileScan;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What look-ups found near a code, or near the codes of a file. */
final class LookupReport {

    private final String subject;
    private final List<JsonNode> lookups;
    private final FileScan scan;

    /**
     * @param lookups an answer of the API for each algorithm
     * @param scan of the file; null if a code was asked for
     */
    LookupReport(String subject, List<JsonNode> lookups, FileScan scan) {
        this.subject = subject;
        this.lookups = List.copyOf(lookups);
        this.scan = scan;
    }

    boolean isMatch() {
        return lookups.stream().anyMatch(lookup -> lookup.path("isMatch").asBoolean());
    }

    ObjectNode json() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("subject", subject);
        json.put("isMatch", isMatch());
        json.put("indexComplete", true);
        json.set("file", scan == null ? null : ScanJson.ofFile(scan));
        json.putArray("lookups").addAll(lookups);
        return json;
    }

    String text(boolean isExplained) {
        var lines = new ArrayList<String>();
        lines.add(Table.oneLine(verdict()));
        if (isExplained) {
            lines.add("");
            new LookupWords(lookups).sentences().forEach(sentence -> lines.add("- " + Table.oneLine(sentence)));
        }
        var table = table();
        if (!table.isEmpty()) {
            lines.add("");
            lines.add(table.toString());
        }
        for (var lookup : lookups) {
            long more = lookup.path("found").asLong() - lookup.path("models").size();
            if (more > 0) {
                lines.add("... and " + more + " more by "
                        + lookup.path("algorithm").asText());
            }
        }
        return String.join(System.lineSeparator(), lines);
    }

    private String verdict() {
        if (lookups.isEmpty()) {
            return "NO VERDICT: " + subject + ": " + scan.getOutcome()
                    + (scan.getReason() == null ? "" : ": " + scan.getReason());
        }
        var match = nearest("models", true);
        if (match.isPresent()) {
            return "MATCH: near " + match.get();
        }
        var model = nearest("models", false);
        var baseline = nearest("baselines", false);
        if (baseline.isPresent()) {
            return "NO MATCH: near the public baseline " + baseline.get() + ", which anybody may copy";
        }
        return model.map(near -> "NO MATCH: the nearest protected model is " + near)
                .orElse("NO MATCH: no protected model and no public baseline is near");
    }

    /** In words, that which is nearest by its share of the bits. */
    private Optional<String> nearest(String name, boolean isMatch) {
        record Near(JsonNode lookup, JsonNode model) {
            double share() {
                return model.path("distanceBits").asDouble()
                        / lookup.path("bits").asDouble();
            }
        }
        var all = new ArrayList<Near>();
        for (var lookup : lookups) {
            for (var model : lookup.path(name)) {
                if (!isMatch || model.path("isMatch").asBoolean()) {
                    all.add(new Near(lookup, model));
                }
            }
        }
        return all.stream()
                .min(Comparator.comparingDouble(Near::share))
                .map(near -> near.model().path("id").asText() + ": "
                        + near.lookup().path("algorithm").asText() + " differs in "
                        + near.model().path("distanceBits").asInt() + " of "
                        + near.lookup().path("bits").asInt() + " bits (threshold "
                        + near.lookup().path("thresholdBits").asInt() + ")");
    }

    private Table table() {
        var table = new Table(
                "algorithm",
                "model",
                "owner",
                "distance",
                "threshold",
                "by chance",
                "to nearest baseline",
                "margin",
                "match");
        for (var lookup : lookups) {
            lookup.path("models")
                    .forEach(model ->
                            row(table, lookup, model, model.path("isMatch").asBoolean() ? "yes" : "no"));
            lookup.path("baselines").forEach(model -> row(table, lookup, model, "public"));
        }
        return table;
    }

    private static void row(Table table, JsonNode lookup, JsonNode model, String match) {
        var baseline = lookup.path("nearestBaseline");
        boolean isProtected = model.has("marginBits");
        table.row(
                lookup.path("algorithm").asText(),
                model.path("id").asText(),
                model.path("owner").asText(),
                model.path("distanceBits").asInt() + "/" + lookup.path("bits").asInt(),
                lookup.path("thresholdBits").asText(),
                model.path("oddsOfChance").asText(),
                isProtected && baseline.isObject()
                        ? baseline.path("id").asText() + " "
                                + baseline.path("distanceBits").asInt()
                        : null,
                isProtected && baseline.isObject()
                        ? String.format(
                                Locale.ROOT, "%+d", model.path("marginBits").asInt())
                        : null,
                match);
    }
}
