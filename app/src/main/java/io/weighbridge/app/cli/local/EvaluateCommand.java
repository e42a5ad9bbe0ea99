package io.weighbridge.app.cli.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.weighbridge.app.cli.OutputOptions;
import io.weighbridge.app.cli.Table;
import io.weighbridge.app.cli.UsageException;
import io.weighbridge.app.evaluate.Evaluation;
import io.weighbridge.app.evaluate.EvaluationSettings;
import io.weighbridge.app.evaluate.codes.Columns;
import io.weighbridge.app.evaluate.figures.KeptAccuracy;
import io.weighbridge.app.evaluate.report.EvaluationFigures;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code evaluate}: measures the hash on a library of models, and writes the report. */
@Command(
        name = "evaluate",
        mixinStandardHelpOptions = true,
        header = "Measure the hash on a library of models, and write the report. Needs no broker.",
        description = {
            "",
            "The library is a folder with a manifest.csv.",
            "Codes are kept in codes/ beside evaluation.json: a second run is quick.",
            "The report is evaluation.md, its charts are in evaluation/.",
            ""
        })
public final class EvaluateCommand implements Callable<Integer> {

    @Mixin
    private OutputOptions output;

    @Option(names = "--library", paramLabel = "DIR", required = true, description = "The library.")
    private Path library;

    @Option(names = "--also", paramLabel = "DIR", description = "A second library, reported apart.")
    private Optional<Path> also;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Gets evaluation.json, and the codes. Default: the library.")
    private Optional<Path> out;

    @Option(
            names = "--report",
            paramLabel = "DIR",
            defaultValue = "docs",
            description = "Gets evaluation.md and evaluation/. Default: ${DEFAULT-VALUE}.")
    private Path report;

    @Option(
            names = "--rate",
            paramLabel = "RATE",
            defaultValue = "1e-11",
            description = "The false match rate that all algorithms get thresholds for. Default: ${DEFAULT-VALUE}.")
    private double rate;

    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "Files hashed at a time. Default: the number of cores.")
    private int threads = Runtime.getRuntime().availableProcessors();

    @Override
    public Integer call() throws Exception {
        if (!(rate > 0 && rate < 1)) {
            throw new UsageException("--rate: expected between 0 and 1, got " + rate);
        }
        if (threads < 1) {
            throw new UsageException("--threads: expected 1 or more, got " + threads);
        }
        var settings = new EvaluationSettings(
                Columns.standard(), KeptAccuracy.STANDARD, rate, threads, report, also, shownCommand());
        var figures = Evaluation.run(settings, library, out.orElse(library), this::tell);
        output.print(json(figures), () -> text(figures));
        return 0;
    }

    /** Without the paths of this machine. */
    private String shownCommand() {
        return "weighbridge evaluate --library LIBRARY" + (also.isPresent() ? " --also SECOND" : "") + " --rate "
                + Double.toString(rate).toLowerCase(Locale.ROOT) + " --report docs";
    }

    private void tell(String step, int done, int total) {
        if (done == total || done % 100 == 0) {
            output.note(step + ": " + done + " of " + total);
        }
    }

    private static JsonNode json(EvaluationFigures figures) {
        var json = JsonNodeFactory.instance.objectNode();
        var goals = json.putArray("goals");
        figures.goals()
                .forEach(goal -> goals.addObject()
                        .put("what", goal.what())
                        .put("goal", goal.goal())
                        .put("reached", goal.reached())
                        .put("met", goal.verdict().text()));
        return json;
    }

    private static String text(EvaluationFigures figures) {
        var table = new Table("goal", "wanted", "reached", "met");
        figures.goals()
                .forEach(goal -> table.row(
                        goal.what(), goal.goal(), goal.reached(), goal.verdict().text()));
        return table.toString();
    }
}
