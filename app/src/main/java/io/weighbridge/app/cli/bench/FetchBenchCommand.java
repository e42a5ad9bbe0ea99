package io.weighbridge.app.cli.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.weighbridge.app.bench.FetchBenchmark;
import io.weighbridge.app.bench.FetchFigures;
import io.weighbridge.app.cli.ExitCode;
import io.weighbridge.app.cli.OutputOptions;
import io.weighbridge.app.cli.Table;
import io.weighbridge.app.cli.UsageException;
import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code bench fetch}: what slow hosts and backfill cost live uploads. */
@Command(
        name = "fetch",
        mixinStandardHelpOptions = true,
        header = "Measure how long uploads take when some hosts are slow.",
        description = {
            "",
            "Web hosts of this machine, each with a loopback address of its own, give a model of 1.2 MB. 100 uploads are "
                    + "fetched and hashed at once, 20 of them from hosts that take their time; the 80 fast ones are also measured "
                    + "alone, and behind a backfill of 100 uploads with slow hosts among them. Times are from the moment "
                    + "all are there to each report.",
            ""
        })
public final class FetchBenchCommand implements Callable<Integer> {

    @Mixin
    private OutputOptions output;

    @Option(
            names = "--slow",
            paramLabel = "MILLIS",
            defaultValue = "10000",
            description = "How long a slow host takes. Default: ${DEFAULT-VALUE}.")
    private long slowMillis;

    @Option(
            names = "--setting",
            paramLabel = "NAME=VALUE",
            description = "A setting of the hasher, such as weighbridge.scan.threads=4; may be repeated.")
    private Map<String, String> settings = Map.of();

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (slowMillis < 1) {
            throw new UsageException("--slow: expected 1 or more, got " + slowMillis);
        }
        var table = new Table("uploads", "count", "median ms", "p95 ms", "max ms");
        for (var figures : FetchBenchmark.run(slowMillis, settings)) {
            if (output.isJson()) {
                output.print(json(figures), () -> "");
            }
            table.row(
                    figures.what(),
                    String.valueOf(figures.uploads()),
                    millis(figures.medianNanos()),
                    millis(figures.p95Nanos()),
                    millis(figures.maxNanos()));
        }
        output.say(table.toString());
        return ExitCode.NO_MATCH;
    }

    private static JsonNode json(FetchFigures figures) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("what", figures.what())
                .put("uploads", figures.uploads())
                .put("medianNanos", figures.medianNanos())
                .put("p95Nanos", figures.p95Nanos())
                .put("maxNanos", figures.maxNanos());
    }

    private static String millis(long nanos) {
        return String.format(Locale.ROOT, "%.0f", nanos / 1e6);
    }
}
