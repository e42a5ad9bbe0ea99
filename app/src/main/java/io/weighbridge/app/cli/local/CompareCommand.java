package io.weighbridge.app.cli.local;

import io.weighbridge.app.cli.ExitCode;
import io.weighbridge.app.cli.OutputOptions;
import io.weighbridge.app.cli.Terminal;
import io.weighbridge.app.cli.UsageException;
import io.weighbridge.app.compare.ComparisonJson;
import io.weighbridge.app.compare.FileComparison;
import io.weighbridge.hash.AlgorithmId;
import io.weighbridge.hash.ModelHasher;
import io.weighbridge.matcher.MatcherSettings;
import io.weighbridge.schemas.avro.FileScan;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code compare A B}: is one model a copy of the other. */
@Command(
        name = "compare",
        mixinStandardHelpOptions = true,
        header = "Tell whether one model file is a copy of another. Needs no broker.",
        description = {
            "",
            "Compares the perceptual codes of both files. The first line is the verdict by",
            "the most telling algorithm: the Hamming distance, the threshold, and how often",
            "unrelated models come this near. Then all algorithms, and the layers that the",
            "two share; json has all of it, in words too. Of a file that is read in part, a match "
                    + "counts; that nothing matches does not, so it is inconclusive.",
            "Exit code: 0 no match, 1 match, 3 a file is unsupported, 5 no verdict is possible, 2 a file cannot be read.",
            ""
        })
public final class CompareCommand implements Callable<Integer> {

    private static final int MOST_LAYERS = 40;

    @Mixin
    private OutputOptions output;

    @Mixin
    private HasherOptions hashing;

    @Parameters(index = "0", paramLabel = "A", description = "A model file.")
    private Path a;

    @Parameters(index = "1", paramLabel = "B", description = "Another.")
    private Path b;

    @Option(
            names = "--algorithms",
            paramLabel = "NAME@VERSION",
            split = ",",
            defaultValue = MatcherSettings.DEFAULT_ALGORITHMS,
            description = "Algorithms that may raise a match. Default: ${DEFAULT-VALUE}.")
    private List<String> algorithms;

    @Option(
            names = "--false-match-rate",
            paramLabel = "R",
            description =
                    "Rate from which every threshold follows, e.g. 1e-9. Default: each algorithm's own threshold.")
    private Double falseMatchRate;

    @Option(names = "--explain", description = "Say in words why the two match or do not.")
    private boolean explain;

    @Option(
            names = "--all-layers",
            description =
                    "Show all layers, not only " + MOST_LAYERS + ": those that match, then the first of the rest.")
    private boolean allLayers;

    @Override
    public Integer call() {
        var hasher = hashing.hasher();
        requireKnown(hasher);
        var files = new FileComparison(
                hasher,
                hashing.scanner(hasher),
                chosen(),
                falseMatchRate == null ? OptionalDouble.empty() : OptionalDouble.of(falseMatchRate));
        var models = files.compare(a, a.toString(), b, b.toString());
        var report = new CompareReport(models);
        int most = allLayers ? Integer.MAX_VALUE : MOST_LAYERS;
        output.print(ComparisonJson.of(models), () -> report.text(Terminal.detect(), most, explain));
        return models.telling()
                .map(found -> found.isMatch() ? ExitCode.MATCH : ExitCode.NO_MATCH)
                .orElseGet(() -> noVerdict(models.a(), models.b()));
    }

    private void requireKnown(ModelHasher hasher) {
        var known = hasher.algorithms().stream().map(FileComparison::withoutKey).collect(Collectors.toSet());
        if (!known.containsAll(chosen())) {
            throw new UsageException("--algorithms: expected some of " + known + ", got " + chosen());
        }
        if (falseMatchRate != null && !(falseMatchRate > 0 && falseMatchRate <= 1)) {
            throw new UsageException("--false-match-rate: expected a number above 0, at most 1, got " + falseMatchRate);
        }
    }

    private Set<AlgorithmId> chosen() {
        return algorithms.stream().map(AlgorithmId::parse).collect(Collectors.toSet());
    }

    private static int noVerdict(FileScan a, FileScan b) {
        int worst = ExitCode.worst(List.of(a.getOutcome(), b.getOutcome()));
        return worst == ExitCode.NO_MATCH ? ExitCode.INCONCLUSIVE : worst;
    }
}
