package io.weighbridge.app.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import io.weighbridge.app.cli.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The status of the index for people. */
final class IndexReport {

    private final JsonNode status;

    IndexReport(JsonNode status) {
        this.status = status;
    }

    String text() {
        var lines = new ArrayList<String>();
        lines.add(verdict());
        lines.add("newest applied " + or(status.path("newestAppliedAt"), "nothing yet") + ", "
                + number(status.path("pendingSearches")) + " searches waiting, "
                + memory(status.path("bytes").asLong()) + " of memory for codes");
        section(lines, codes());
        section(lines, quarantined());
        section(lines, partitions());
        for (var instance : status.path("instances")) {
            if (instance.path("problem").isTextual()) {
                lines.add("");
                lines.add(Table.oneLine(instance.path("address").asText() + " does not answer: "
                        + instance.path("problem").asText()));
            }
        }
        return String.join(System.lineSeparator(), lines);
    }

    private String verdict() {
        int all = status.path("partitions").asInt();
        var missing = status.path("missingPartitions");
        return missing.isEmpty()
                ? "COMPLETE: all " + all + " partitions answer"
                : "INCOMPLETE: of " + all + " partitions " + missing.size() + " do not answer: " + missing;
    }

    private static void section(List<String> lines, Table table) {
        if (!table.isEmpty()) {
            lines.add("");
            lines.add(table.toString());
        }
    }

    private Table codes() {
        var table = new Table("algorithm", "codes of", "found by", "codes", "entries", "memory", "a code");
        for (var kind : status.path("codes")) {
            table.row(
                    kind.path("algorithm").asText(),
                    side(kind.path("side").asText()),
                    kind.path("mode").asText(),
                    number(kind.path("codes")),
                    number(kind.path("entries")),
                    memory(kind.path("bytes").asLong()),
                    memory(kind.path("bytesPerCode").asLong()));
        }
        return table;
    }

    private static String side(String side) {
        return switch (side) {
            case "UPLOAD" -> "uploads";
            case "PROTECTED" -> "protected models";
            default -> "public baselines";
        };
    }

    private Table quarantined() {
        var table = new Table("in quarantine", "name", "owner", "algorithm", "alerts held");
        for (var model : status.path("quarantined")) {
            table.row(
                    model.path("id").asText(),
                    model.path("name").asText(),
                    model.path("owner").asText(),
                    model.path("algorithm").asText(),
                    number(model.path("heldAlerts")));
        }
        return table;
    }

    private Table partitions() {
        var table = new Table("partition", "instance", "state", "entries", "memory", "newest applied", "waiting");
        for (var partition : status.path("partitionStates")) {
            boolean isActive = partition.path("state").asText().equals("ACTIVE");
            table.row(
                    partition.path("partition").asText(),
                    partition.path("instance").asText(),
                    state(partition),
                    isActive ? number(partition.path("entries")) : null,
                    isActive ? memory(partition.path("bytes").asLong()) : null,
                    or(partition.path("newestAppliedAt"), null),
                    isActive ? number(partition.path("pendingSearches")) : null);
        }
        return table;
    }

    private static String state(JsonNode partition) {
        String state = partition.path("state").asText().toLowerCase(Locale.ROOT);
        long all = partition.path("toRestore").asLong();
        return all == 0
                ? state
                : String.format(
                        Locale.ROOT,
                        "%s, %,d of %,d records",
                        state,
                        partition.path("restored").asLong(),
                        all);
    }

    private static String or(JsonNode text, String otherwise) {
        return text.isTextual() ? text.asText() : otherwise;
    }

    private static String number(JsonNode number) {
        return String.format(Locale.ROOT, "%,d", number.asLong());
    }

    private static String memory(long bytes) {
        if (bytes < 10_000) {
            return bytes + " B";
        }
        return bytes < 10_000_000
                ? String.format(Locale.ROOT, "%.0f kB", bytes / 1e3)
                : String.format(Locale.ROOT, "%,.0f MB", bytes / 1e6);
    }
}
