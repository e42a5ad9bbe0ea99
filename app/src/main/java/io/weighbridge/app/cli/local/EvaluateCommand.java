package io.weighbridge.app.cli.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.weighbridge.app.cli.CommandException;
import io.weighbridge.app.cli.ExitCode;
import io.weighbridge.app.cli.OutputOptions;
import io.weighbridge.app.cli.Table;
import io.weighbridge.app.cli.UsageException;
import io.weighbridge.app.evaluate.Constants;
import io.weighbridge.app.evaluate.Evaluation;
import io.weighbridge.app.evaluate.EvaluationSettings;
import io.weighbridge.app.evaluate.codes.Columns;
import io.weighbridge.app.evaluate.figures.KeptAccuracy;
import io.weighbridge.app.evaluate.library.LibraryBuilder;
import io.weighbridge.app.evaluate.library.LibraryPlan;
import io.weighbridge.app.evaluate.report.EvaluationFigures;
import io.weighbridge.app.progress.ProgressBar;
import io.weighbridge.hash.HashAlgorithm;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code evaluate}: how well copies are told from strangers, on a library of networks that are trained for it. */
@Command(
        name = "evaluate",
        mixinStandardHelpOptions = true,
        header = "Measure how well copies are found, on thousands of networks trained for it. Needs no broker.",
        description = {
            "",
            "Trains a library of networks, makes copies of each, hashes all of them and writes a report. "
                    + "Training takes an hour or so; when it is stopped, the next call goes on with it.",
            "A folder with a manifest.csv of other models is measured as it is.",
            "Codes are kept beside evaluation.json, so that a second run is quick.",
            ""
        })
public final class EvaluateCommand implements Callable<Integer> {

    private static final String FULL = ".weighbridge/library";
    private static final String SMALL = ".weighbridge/library-small";

    @Mixin
    private OutputOptions output;

    @Option(
            names = "--library",
            paramLabel = "DIR",
            description =
                    "The library's folder; made if it is missing. Default: " + FULL + ", with --small " + SMALL + ".")
    private Optional<Path> folder;

    @Option(
            names = "--small",
            description = "A library of a few networks that is made in a minute: figures mean nothing.")
    private boolean isSmall;

    @Option(
            names = "--built",
            description = "Measure what is there by now, instead of going on with an unfinished library.")
    private boolean isBuilt;

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
            description = "Gets evaluation.md and evaluation/. Default: report in the library.")
    private Optional<Path> report;

    @Option(
            names = "--rate",
            paramLabel = "RATE",
            description = "The false match rate that all algorithms get thresholds for. Default: "
                    + HashAlgorithm.DEFAULT_FALSE_MATCH_RATE + ".")
    private double rate = HashAlgorithm.DEFAULT_FALSE_MATCH_RATE;

    @Option(
            names = "--constants",
            paramLabel = "FILE",
            description =
                    "Only estimate the constants of pri on two thirds of the library's tuning part, and write them.")
    private Optional<Path> constants;

    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "Networks trained, and files hashed, at a time. Default: the number of cores.")
    private int threads = Runtime.getRuntime().availableProcessors();

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (!(rate > 0 && rate < 1)) {
            throw new UsageException("--rate: expected between 0 and 1, got " + rate);
        }
        if (threads < 1) {
            throw new UsageException("--threads: expected 1 or more, got " + threads);
        }
        var library = folder.orElse(Path.of(isSmall ? SMALL : FULL));
        var progress = new ProgressBar(System.err, System.console() != null);
        if (!isBuilt && !LibraryBuilder.isOther(library)) {
            requireNativeLibraries();
            var plan = isSmall ? LibraryPlan.small() : LibraryPlan.full();
            LibraryBuilder.build(plan, library, threads, progress);
        }
        if (constants.isPresent()) {
            int networks = Constants.estimate(library, constants.get());
            output.say("Constants of " + networks + " networks: " + constants.get());
            return ExitCode.NO_MATCH;
        }
        var settings = new EvaluationSettings(
                Columns.standard(),
                KeptAccuracy.STANDARD,
                rate,
                threads,
                report.orElse(library.resolve("report")),
                also,
                shownCommand());
        var figures = Evaluation.run(settings, library, out.orElse(library), progress);
        output.print(json(figures), () -> text(figures));
        return ExitCode.NO_MATCH;
    }

    private static void requireNativeLibraries() {
        try {
            Class.forName("org.nd4j.linalg.cpu.nativecpu.CpuBackend", false, EvaluateCommand.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new CommandException(
                    "training needs Deeplearning4j, which is not here; the script `weighbridge` in a checkout fetches it");
        }
    }

    /** Without the paths of this machine. */
    private String shownCommand() {
        return "weighbridge evaluate" + (isSmall ? " --small" : "") + (also.isPresent() ? " --also SECOND" : "")
                + " --report docs";
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
