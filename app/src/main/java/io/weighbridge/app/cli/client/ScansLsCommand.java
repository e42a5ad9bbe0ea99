package io.weighbridge.app.cli.client;

import io.weighbridge.app.cli.ClusterOptions;
import io.weighbridge.app.cli.OutputOptions;
import io.weighbridge.app.cli.Table;
import io.weighbridge.app.cli.UsageException;
import io.weighbridge.app.client.Cluster;
import io.weighbridge.app.feed.ScanJson;
import io.weighbridge.schemas.avro.FileScan;
import io.weighbridge.schemas.avro.Outcome;
import io.weighbridge.schemas.avro.ScanOutcome;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code scans ls}: the terminal outcomes. */
@Command(
        name = "ls",
        mixinStandardHelpOptions = true,
        header = "List the terminal outcomes of uploads and protections, newest last.",
        description = {"", "HASHED means that it was scanned; whether it matched, `weighbridge alerts ls` tells.", ""})
final class ScansLsCommand implements Runnable {

    @Mixin
    private OutputOptions output;

    @Mixin
    private ClusterOptions cluster;

    @Option(
            names = "--outcome",
            split = ",",
            paramLabel = "OUTCOME",
            description = "Only these: ${COMPLETION-CANDIDATES}.")
    private List<Outcome> outcomes;

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "100",
            description = "The newest N. Default: ${DEFAULT-VALUE}; 0 lists all.")
    private int limit;

    @Override
    public void run() {
        if (limit < 0) {
            throw new UsageException("--limit: expected 0 or more, got " + limit);
        }
        var connected = Cluster.connect(cluster.settings());
        List<ScanOutcome> wanted = connected.reader().readAll(connected.topics().scanOutcomes()).stream()
                .map(entry -> entry.value())
                .filter(scan -> outcomes == null || outcomes.contains(scan.getOutcome()))
                .sorted(Comparator.comparing(ScanOutcome::getCompletedAt))
                .toList();
        var newest = limit > 0 && wanted.size() > limit ? wanted.subList(wanted.size() - limit, wanted.size()) : wanted;
        if (output.isJson()) {
            newest.forEach(scan -> output.print(ScanJson.of(scan), () -> ""));
        } else {
            output.say(newest.isEmpty() ? "No scan." : table(newest).toString());
        }
    }

    private static Table table(List<ScanOutcome> scans) {
        var table = new Table("completed at", "kind", "id", "model", "outcome", "format", "took", "reason");
        for (ScanOutcome scan : scans) {
            boolean isUpload = scan.getUpload() != null;
            table.row(
                    scan.getCompletedAt().toString(),
                    isUpload ? "upload" : "protected",
                    isUpload
                            ? scan.getUpload().getId()
                            : scan.getProtectedModel().getId(),
                    isUpload
                            ? scan.getUpload().getRepo()
                            : scan.getProtectedModel().getName(),
                    scan.getOutcome().name(),
                    formats(scan),
                    scan.getDurationMillis() + " ms",
                    scan.getReason());
        }
        return table;
    }

    private static String formats(ScanOutcome scan) {
        String formats = scan.getFiles().stream()
                .map(FileScan::getFormat)
                .filter(Objects::nonNull)
                .distinct()
                .collect(Collectors.joining(","));
        return formats.isEmpty() ? null : formats;
    }
}
