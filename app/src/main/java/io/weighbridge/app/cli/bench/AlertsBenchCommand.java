package io.weighbridge.app.cli.bench;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.weighbridge.app.bench.alerts.AlertBenchmark;
import io.weighbridge.app.bench.alerts.AlertFigures;
import io.weighbridge.app.bench.alerts.AlertPlan;
import io.weighbridge.app.bench.pipeline.Percentiles;
import io.weighbridge.app.cli.ExitCode;
import io.weighbridge.app.cli.OutputOptions;
import io.weighbridge.app.cli.Table;
import io.weighbridge.app.cli.UsageException;
import java.io.IOException;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code bench alerts}: many alerts into cases and sinks. */
@Command(
        name = "alerts",
        mixinStandardHelpOptions = true,
        header =
                "Measure alerts into cases, a webhook and a file of OCSF findings: none lost, none doubled, and how long each takes.",
        description = {
            "",
            "A Kafka broker in this process, in a folder for temporary files; alerting in a process of its own, with a webhook "
                    + "whose receiver is here, and a file of OCSF findings. Alerts come at a fixed rate, each as large as that of a "
                    + "network of fifty layers. If a case counts another number than was sent, or an alert is missing or doubled at "
                    + "the receiver or in the file, the exit code is 2.",
            "",
            "Example: weighbridge bench alerts --rate 1000 --seconds 60",
            ""
        })
public final class AlertsBenchCommand implements Callable<Integer> {

    @Mixin
    private OutputOptions output;

    @Option(
            names = "--rate",
            paramLabel = "N",
            defaultValue = "1000",
            description = "Alerts a second. Default: ${DEFAULT-VALUE}.")
    private int perSecond;

    @Option(
            names = "--seconds",
            paramLabel = "N",
            defaultValue = "60",
            description = "How long they come. Default: ${DEFAULT-VALUE}.")
    private int seconds;

    @Option(
            names = "--cases",
            paramLabel = "N",
            defaultValue = "10000",
            description = "Cases that they are of. Default: ${DEFAULT-VALUE}.")
    private int cases;

    @Override
    public Integer call() throws IOException, InterruptedException {
        var figures = new AlertBenchmark(plan(), output::note).run();
        output.print(json(figures), () -> table(figures).toString());
        if (!figures.isRight()) {
            output.note("weighbridge bench alerts: alerts were lost or doubled");
        }
        return figures.isRight() ? ExitCode.NO_MATCH : ExitCode.ERROR;
    }

    private AlertPlan plan() {
        try {
            return new AlertPlan(perSecond, seconds, cases);
        } catch (IllegalArgumentException e) {
            throw new UsageException(e.getMessage());
        }
    }

    private static Table table(AlertFigures figures) {
        return new Table("to", "alerts", "lost", "doubled", "median ms", "95 % ms", "99 % ms", "longest ms")
                .row(cells(
                        figures.cases() + " cases",
                        figures.alerts(),
                        figures.wrongCases() + " cases wrong",
                        "-",
                        figures.toCase()))
                .row(cells(
                        "webhook",
                        figures.alerts(),
                        Integer.toString(figures.alerts() - figures.hookKeys()),
                        Integer.toString(figures.hookCalls() - figures.hookKeys()),
                        figures.toHook()))
                .row(
                        "file of findings",
                        Integer.toString(figures.alerts()),
                        Integer.toString(figures.alerts() - figures.findingKeys()),
                        Integer.toString(figures.findings() - figures.findingKeys()),
                        null,
                        null,
                        null,
                        null);
    }

    private static String[] cells(String to, int alerts, String lost, String doubled, Percentiles latency) {
        return new String[] {
            to,
            Integer.toString(alerts),
            lost,
            doubled,
            Long.toString(latency.p50Millis()),
            Long.toString(latency.p95Millis()),
            Long.toString(latency.p99Millis()),
            Long.toString(latency.maxMillis())
        };
    }

    private static ObjectNode json(AlertFigures figures) {
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("alerts", figures.alerts())
                .put("sentPerSecond", Double.parseDouble(String.format(Locale.ROOT, "%.1f", figures.sentPerSecond())))
                .put("cases", figures.cases())
                .put("wrongCases", figures.wrongCases())
                .put("hookCalls", figures.hookCalls())
                .put("hookKeys", figures.hookKeys())
                .put("findings", figures.findings())
                .put("findingKeys", figures.findingKeys());
        json.set("toCaseMillis", json(figures.toCase()));
        json.set("toHookMillis", json(figures.toHook()));
        return json;
    }

    private static ObjectNode json(Percentiles latency) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("p50", latency.p50Millis())
                .put("p95", latency.p95Millis())
                .put("p99", latency.p99Millis())
                .put("max", latency.maxMillis());
    }
}
