package io.weighbridge.app.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import io.weighbridge.app.cli.ClusterOptions;
import io.weighbridge.app.cli.CommandException;
import io.weighbridge.app.cli.ExitCode;
import io.weighbridge.app.cli.OutputOptions;
import io.weighbridge.app.cli.UsageException;
import io.weighbridge.app.client.Api;
import io.weighbridge.app.client.ApiException;
import io.weighbridge.app.compare.FileHashing;
import io.weighbridge.app.feed.ScanJson;
import io.weighbridge.schemas.Settings;
import io.weighbridge.schemas.avro.Code;
import io.weighbridge.schemas.avro.FileScan;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code lookup CODE|FILE}: asks the matcher's index, now, what is near a code or a file. */
@Command(
        name = "lookup",
        mixinStandardHelpOptions = true,
        header = "Ask the index which protected models and public baselines are near a code or a file.",
        description = {
            "",
            "Nothing is published: no upload, no alert. A file is hashed here, with the limits and the site key of --config. "
                    + "A match is what would raise an alert: within the threshold of a protected model, and nearer to it than to any "
                    + "public baseline. A partition of the index that does not answer is an error, never an empty answer. "
                    + "Asks the API of `weighbridge up`, or of the `weighbridge serve` that weighbridge.api.url names.",
            "Exit code: 0 no match, 1 match, 2 error or incomplete index, 3 the file is unsupported, 5 inconclusive.",
            "",
            "Example: weighbridge lookup suspect.safetensors --explain",
            ""
        })
public final class LookupCommand implements Callable<Integer> {

    private static final String CODE = "[a-z-]+@[0-9]+:[0-9a-fA-F]+";

    @Mixin
    private OutputOptions output;

    @Mixin
    private ClusterOptions cluster;

    @Parameters(
            paramLabel = "CODE|FILE",
            description = "ALGORITHM@VERSION:HEX as `weighbridge hash` tells, or a model file.")
    private String subject;

    @Option(
            names = "--radius",
            paramLabel = "N",
            description = "Show what is within N bits. Default: the threshold. What is a match stays the same.")
    private Integer radius;

    @Option(names = "--explain", description = "Say in words what was found and what follows from it.")
    private boolean explain;

    @Override
    public Integer call() throws InterruptedException {
        if (radius != null && radius < 0) {
            throw new UsageException("--radius: expected 0 or more, got " + radius);
        }
        var api = Api.of(cluster.settings());
        try {
            return subject.matches(CODE) ? lookUpCode(api) : lookUpFile(api);
        } catch (ApiException e) {
            e.problem().ifPresent(problem -> output.print(problem, e::getMessage));
            if (e.problem().isEmpty()) {
                throw new CommandException(e.getMessage(), e);
            }
            return ExitCode.ERROR;
        }
    }

    private int lookUpCode(Api api) throws ApiException, InterruptedException {
        var report = new LookupReport(subject, List.of(lookUp(api, subject)), null);
        print(report);
        return report.isMatch() ? ExitCode.MATCH : ExitCode.NO_MATCH;
    }

    private int lookUpFile(Api api) throws ApiException, InterruptedException {
        FileScan scan = scan(cluster.settings());
        var searched = searched(api);
        var found = new ArrayList<JsonNode>();
        for (var code : scan.getCodes()) {
            String id = code.getAlgorithm() + "@" + code.getVersion();
            if (searched.contains(id)) {
                found.add(lookUp(api, text(code)));
            }
        }
        var report = new LookupReport(subject, found, scan);
        print(report);
        if (report.isMatch()) {
            return ExitCode.MATCH;
        }
        int byScan = ExitCode.of(scan.getOutcome());
        return byScan == ExitCode.NO_MATCH && found.isEmpty() ? ExitCode.INCONCLUSIVE : byScan;
    }

    private FileScan scan(Settings settings) {
        Path file = Path.of(subject);
        if (!Files.isRegularFile(file)) {
            throw new UsageException("CODE|FILE: expected a code such as pri@3:0f1e or a file, got " + subject);
        }
        return FileHashing.scanner(settings, FileHashing.hasher(settings)).scan(file, subject);
    }

    /** The algorithms whose codes the index holds. */
    private static Set<String> searched(Api api) throws ApiException, InterruptedException {
        var ids = new HashSet<String>();
        api.get("index")
                .path("algorithms")
                .forEach(rule -> ids.add(rule.path("algorithm").asText()));
        return ids;
    }

    private JsonNode lookUp(Api api, String code) throws ApiException, InterruptedException {
        return api.get("lookup?code=" + code + (radius == null ? "" : "&radius=" + radius));
    }

    private static String text(Code code) {
        return code.getAlgorithm() + "@" + code.getVersion() + ":" + ScanJson.hex(code.getWords());
    }

    private void print(LookupReport report) {
        output.print(report.json(), () -> report.text(explain));
    }
}
