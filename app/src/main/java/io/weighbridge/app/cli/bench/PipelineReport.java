package io.weighbridge.app.cli.bench;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.weighbridge.app.bench.pipeline.AlertWatch.Difference;
import io.weighbridge.app.bench.pipeline.CodesFigures;
import io.weighbridge.app.bench.pipeline.ModelsFigures;
import io.weighbridge.app.bench.pipeline.Percentiles;
import io.weighbridge.app.bench.pipeline.PipelineBenchmark;
import io.weighbridge.app.bench.pipeline.RestoreFigures;
import io.weighbridge.app.bench.pipeline.RetroactiveFigures;
import io.weighbridge.app.cli.OutputOptions;
import io.weighbridge.app.text.Words;
import java.util.Locale;
import java.util.function.Supplier;

/** Prints what {@code bench pipeline} measured, each part when it is there. */
final class PipelineReport implements PipelineBenchmark.Listener {

    private static final JsonMapper JSON = new JsonMapper();

    private final OutputOptions output;

    PipelineReport(OutputOptions output) {
        this.output = output;
    }

    @Override
    public void codes(CodesFigures figures) {
        var difference = figures.difference();
        print(
                "codes",
                figures,
                difference,
                () -> format(
                        "%s: %.0f uploads/s (%,d at full speed); at %.0f/s event to alert %s%n"
                                + "  repartition: %.1f messages of %.0f bytes an upload, %.0f bytes; changelogs: %.0f bytes an upload%n"
                                + "  %s",
                        Words.count(figures.instances(), "matcher"),
                        figures.uploadsPerSecond(),
                        figures.uploads(),
                        figures.perSecond(),
                        latency(figures.latency()),
                        figures.messages(),
                        figures.messageBytes(),
                        figures.repartitionBytes(),
                        figures.changelogBytes(),
                        alerts(figures.alerts(), difference)));
    }

    @Override
    public void restored(RestoreFigures figures) {
        output.print(
                tree("restore", figures),
                () -> format(
                        "starts again after it was %s: ready in %.1f s, %,d entries, %,.0f a second, %.1f MB of memory",
                        figures.how(),
                        figures.readySeconds(),
                        figures.entries(),
                        figures.entriesPerSecond(),
                        figures.indexBytes() / 1e6));
    }

    @Override
    public void retroactive(RetroactiveFigures figures) {
        var difference = figures.difference();
        print(
                "retroactive",
                figures,
                difference,
                () -> format(
                        "a model protected after %,d uploads (one algorithm, one partition; they came at %.0f/s, %.0f MB of memory):%n"
                                + "  %d earlier copies, the last alert after %.2f s%n"
                                + "  live uploads at %.0f/s, event to alert: before %s; during the search %s%n"
                                + "  %s",
                        figures.kept(),
                        figures.uploadsPerSecond(),
                        figures.indexBytes() / 1e6,
                        figures.earlierAlerts(),
                        figures.lastSeconds(),
                        figures.perSecond(),
                        latency(figures.before()),
                        latency(figures.during()),
                        alerts(figures.alerts(), difference)));
    }

    @Override
    public void models(ModelsFigures figures) {
        output.print(
                tree("models", figures),
                () -> format(
                        "small models through all roles: %d at once, %.1f a second; upload to alert %s; %s",
                        figures.uploads(),
                        figures.scannedPerSecond(),
                        latency(figures.latency()),
                        figures.wrong().isEmpty()
                                ? "all came to what they should"
                                : "not as expected: " + String.join(", ", figures.wrong())));
    }

    private void print(String part, Object figures, Difference difference, Supplier<String> text) {
        var tree = tree(part, figures);
        tree.putObject("difference")
                .put("missing", difference.missing().size())
                .put("unexpected", difference.unexpected().size())
                .put("doubled", difference.doubled());
        output.print(tree, text);
    }

    private static ObjectNode tree(String part, Object figures) {
        ObjectNode tree = JSON.createObjectNode().put("part", part);
        tree.setAll(JSON.<ObjectNode>valueToTree(figures));
        return tree;
    }

    private static String latency(Percentiles percentiles) {
        return percentiles.count() == 0
                ? "not measured"
                : format(
                        "p50 %d, p95 %d, p99 %d, max %d ms (%d alerts)",
                        percentiles.p50Millis(),
                        percentiles.p95Millis(),
                        percentiles.p99Millis(),
                        percentiles.maxMillis(),
                        percentiles.count());
    }

    private static String alerts(int expected, Difference difference) {
        return difference.isNone()
                ? format("%,d alerts, those of a plain loop", expected)
                : format(
                        "WRONG: of %,d alerts %d missing, %d unexpected, %d doubled",
                        expected,
                        difference.missing().size(),
                        difference.unexpected().size(),
                        difference.doubled());
    }

    private static String format(String pattern, Object... values) {
        return String.format(Locale.ROOT, pattern, values);
    }
}
