package io.weighbridge.app.cli.local;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.weighbridge.alerting.Odds;
import io.weighbridge.app.cli.ExitCode;
import io.weighbridge.app.cli.OutputOptions;
import io.weighbridge.app.cli.UsageException;
import io.weighbridge.hash.AlgorithmId;
import io.weighbridge.hash.HashAlgorithm;
import io.weighbridge.hash.ModelHasher;
import io.weighbridge.hasher.ModelScanner;
import io.weighbridge.hasher.format.ReadLimits;
import io.weighbridge.schemas.avro.FileScan;
import io.weighbridge.schemas.avro.Outcome;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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
            "Compares the perceptual codes of both files and reports the most telling algorithm:",
            "the Hamming distance, the threshold, and how often unrelated models come this near.",
            "Exit code: 0 no match, 1 match, 3 a file is unsupported, 5 no verdict is possible, 2 a file cannot be read.",
            ""
        })
public final class CompareCommand implements Callable<Integer> {

    @Mixin
    private OutputOptions output;

    @Parameters(index = "0", paramLabel = "A", description = "A model file.")
    private Path a;

    @Parameters(index = "1", paramLabel = "B", description = "Another.")
    private Path b;

    @Option(
            names = "--algorithms",
            paramLabel = "NAME@VERSION",
            split = ",",
            defaultValue = "pri@1,iwp@1",
            description = "Algorithms that may raise a match. Default: ${DEFAULT-VALUE}.")
    private List<String> algorithms;

    @Override
    public Integer call() {
        var hasher = ModelHasher.standard();
        var chosen = chosen(hasher);
        var scanner = new ModelScanner(ReadLimits.STANDARD, hasher);
        FileScan scanA = scanner.scan(a, a.toString());
        FileScan scanB = scanner.scan(b, b.toString());
        Optional<Comparison> comparison = Comparison.of(scanA, scanB, chosen);
        Optional<String> reason = comparison.isPresent() ? Optional.empty() : Optional.of(reasonOf(scanA, scanB));
        output.print(json(comparison, reason), () -> text(comparison, reason));
        return comparison
                .map(found -> found.isMatch() ? ExitCode.MATCH : ExitCode.NO_MATCH)
                .orElseGet(() -> noVerdict(scanA, scanB));
    }

    private List<HashAlgorithm> chosen(ModelHasher hasher) {
        var ids = algorithms.stream().map(AlgorithmId::parse).collect(Collectors.toSet());
        var known = hasher.algorithms().stream().map(HashAlgorithm::id).collect(Collectors.toSet());
        if (!known.containsAll(ids)) {
            throw new UsageException("--algorithms: expected some of " + known + ", got " + ids);
        }
        return hasher.algorithms().stream()
                .filter(algorithm -> ids.contains(algorithm.id()))
                .toList();
    }

    private static int noVerdict(FileScan a, FileScan b) {
        int worst = ExitCode.worst(List.of(a.getOutcome(), b.getOutcome()));
        return worst == ExitCode.NO_MATCH ? ExitCode.INCONCLUSIVE : worst;
    }

    private static String reasonOf(FileScan a, FileScan b) {
        return Stream.of(a, b)
                .filter(scan -> scan.getOutcome() != Outcome.HASHED)
                .map(scan -> scan.getPath() + ": " + scan.getOutcome() + ": " + scan.getReason())
                .collect(Collectors.joining("; "));
    }

    private ObjectNode json(Optional<Comparison> comparison, Optional<String> reason) {
        var json = JsonNodeFactory.instance.objectNode();
        json.put("a", a.toString()).put("b", b.toString()).put("outcome", verdict(comparison));
        comparison.ifPresent(found -> json.put("algorithm", found.algorithm().name())
                .put("version", found.algorithm().version())
                .put("distanceBits", found.distanceBits())
                .put("bits", found.bits())
                .put("thresholdBits", found.thresholdBits())
                .put("falseMatchRate", found.falseMatchRate()));
        reason.ifPresent(text -> json.put("reason", text));
        return json;
    }

    private String text(Optional<Comparison> comparison, Optional<String> reason) {
        return verdict(comparison)
                + comparison
                        .map(found -> String.format(
                                Locale.ROOT,
                                ": %s differs in %d of %d bits (threshold %d); unrelated models come this near: %s",
                                found.algorithm(),
                                found.distanceBits(),
                                found.bits(),
                                found.thresholdBits(),
                                Odds.ofChance(found.falseMatchRate())))
                        .orElse("")
                + reason.map(text -> ": " + text).orElse("");
    }

    private static String verdict(Optional<Comparison> comparison) {
        return comparison.map(found -> found.isMatch() ? "MATCH" : "NO_MATCH").orElse("INCONCLUSIVE");
    }
}
