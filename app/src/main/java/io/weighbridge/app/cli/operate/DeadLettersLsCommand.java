package io.weighbridge.app.cli.operate;

import io.weighbridge.app.cli.ClusterOptions;
import io.weighbridge.app.cli.OutputOptions;
import io.weighbridge.app.cli.Table;
import io.weighbridge.app.cli.UsageException;
import io.weighbridge.app.client.Cluster;
import io.weighbridge.app.feed.DeadLetterRow;
import io.weighbridge.app.operate.letter.DeadLetters;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code dlq ls}: the records that could not be processed. */
@Command(
        name = "ls",
        mixinStandardHelpOptions = true,
        header = "List the records that could not be processed, the last failure last.",
        description = {
            "",
            "An id is topic-partition-offset of the record. Several lines can have the same: each sink that gives an alert "
                    + "up writes its own.",
            ""
        })
final class DeadLettersLsCommand implements Runnable {

    private static final int SHOWN_CAUSE = 100;

    @Mixin
    private OutputOptions output;

    @Mixin
    private ClusterOptions cluster;

    @Mixin
    private LetterFilter filter;

    @Option(names = "--open", description = "Only those that were not redriven.")
    private boolean isOpenOnly;

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "100",
            description = "The last N. Default: ${DEFAULT-VALUE}; 0 lists all.")
    private int limit;

    @Override
    public void run() {
        if (limit < 0) {
            throw new UsageException("--limit: expected 0 or more, got " + limit);
        }
        List<DeadLetterRow> wanted = DeadLetters.read(Cluster.connect(cluster.settings())).rows().stream()
                .filter(filter)
                .filter(row -> !isOpenOnly || row.redrivenAt() == null)
                .toList();
        var last = limit > 0 && wanted.size() > limit ? wanted.subList(wanted.size() - limit, wanted.size()) : wanted;
        if (output.isJson()) {
            last.forEach(row -> output.print(row.json(), () -> ""));
            return;
        }
        output.say(last.isEmpty() ? "No dead letter." : table(last).toString());
        if (last.size() < wanted.size()) {
            output.say("The last " + last.size() + " of " + wanted.size() + "; --limit 0 lists all.");
        }
    }

    private static Table table(List<DeadLetterRow> rows) {
        var table = new Table("failed at", "id", "stage", "key", "bytes", "redriven at", "cause");
        for (var row : rows) {
            String cause = row.cause();
            table.row(
                    row.failedAt().toString(),
                    row.id(),
                    row.stage(),
                    row.key(),
                    Long.toString(row.sizeBytes()),
                    row.redrivenAt() == null ? null : row.redrivenAt().toString(),
                    cause.length() <= SHOWN_CAUSE ? cause : cause.substring(0, SHOWN_CAUSE) + "...");
        }
        return table;
    }
}
