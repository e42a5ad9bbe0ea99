package io.weighbridge.app.cli.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.weighbridge.app.bench.HashFigures;
import io.weighbridge.app.cli.Table;
import java.util.Locale;

/** Figures of one network, for people and for programs. */
record HashBenchReport(HashFigures figures) {

    JsonNode json() {
        var json = JsonNodeFactory.instance
                .objectNode()
                .put("network", figures.network().name())
                .put("layers", figures.network().layers().size())
                .put("weights", figures.network().weights())
                .put("sizeBytes", figures.network().sizeBytes())
                .put("rounds", figures.rounds())
                .put("threads", 1)
                .put("clock", "wall")
                .put("sha256Instructions", figures.sha256Instructions())
                .put("scanHeapBytes", figures.scanHeapBytes());
        var timings = json.putArray("timings");
        figures.timings()
                .forEach(timing -> timings.addObject()
                        .put("what", timing.name())
                        .put("minNanos", timing.minNanos())
                        .put("medianNanos", timing.medianNanos())
                        .put("gigabytesPerSecond", figures.gigabytesPerSecond(timing))
                        .put("nanosPerWeight", figures.nanosPerWeight(timing))
                        .put("timesPlainRead", figures.timesPlainRead(timing))
                        .put("timesSha256", figures.timesSha256(timing)));
        return json;
    }

    String text() {
        var table = new Table("what", "min ms", "median ms", "GB/s", "ns/weight", "of plain read", "x SHA-256");
        figures.timings()
                .forEach(timing -> table.row(
                        timing.name(),
                        format("%.1f", timing.minNanos() / 1e6),
                        format("%.1f", timing.medianNanos() / 1e6),
                        format("%.2f", figures.gigabytesPerSecond(timing)),
                        format("%.3f", figures.nanosPerWeight(timing)),
                        format("%.0f %%", 100 * figures.timesPlainRead(timing)),
                        format("%.2f", figures.timesSha256(timing))));
        return heading() + System.lineSeparator() + table + System.lineSeparator();
    }

    private String heading() {
        var network = figures.network();
        return format(
                "%s: %.1f M weights in %d layers, %.0f MB; one thread, wall time, %d rounds;"
                        + " SHA instructions: %s; heap while scanning: at most %.0f MB",
                network.name(),
                network.weights() / 1e6,
                network.layers().size(),
                network.sizeBytes() / 1e6,
                figures.rounds(),
                figures.sha256Instructions(),
                figures.scanHeapBytes() / 1e6);
    }

    private static String format(String pattern, Object... values) {
        return String.format(Locale.ROOT, pattern, values);
    }
}
