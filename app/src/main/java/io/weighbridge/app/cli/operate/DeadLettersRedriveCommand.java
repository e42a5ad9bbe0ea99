package io.weighbridge.app.cli.operate;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.weighbridge.app.cli.ClusterOptions;
import io.weighbridge.app.cli.ExitCode;
import io.weighbridge.app.cli.OutputOptions;
import io.weighbridge.app.cli.UsageException;
import io.weighbridge.app.client.Cluster;
import io.weighbridge.app.feed.DeadLetterRow;
import io.weighbridge.app.operate.letter.DeadLetters;
import io.weighbridge.app.operate.letter.Redrive;
import io.weighbridge.app.operate.letter.Redrive.Status;
import io.weighbridge.app.operate.letter.Redriver;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code dlq redrive}: writes records that could not be processed to their topics again. */
@Command(
        name = "redrive",
        mixinStandardHelpOptions = true,
        header = "Write records that could not be processed to their topics again, once what they failed of is mended.",
        description = {
            "",
            "A record that was redriven is noted, and not redriven again, by nobody, unless --again says so. One that fails "
                    + "again comes back under another id. All readers of the topic get the record: an alert that one sink gave up goes "
                    + "to every sink again, under the same ids; its case does not count it twice.",
            "Exit code: 0 done, 2 if one of those named was not redriven.",
            "",
            "Example: weighbridge dlq redrive model-uploads.v1-2-17",
            "         weighbridge dlq redrive --all --role hasher --since PT2H --dry-run",
            ""
        })
final class DeadLettersRedriveCommand implements Callable<Integer> {

    @Mixin
    private OutputOptions output;

    @Mixin
    private ClusterOptions cluster;

    @Mixin
    private LetterFilter filter;

    @Parameters(arity = "0..*", paramLabel = "ID", description = "Ids, as `dlq ls` shows them.")
    private List<String> ids = new ArrayList<>();

    @Option(names = "--all", description = "All that fit the other options and were not redriven yet. Needs --yes.")
    private boolean isAll;

    @Option(names = "--again", description = "Redrive those named even if they were before.")
    private boolean isAgain;

    @Option(names = "--dry-run", description = "Tell what would be done, and do nothing.")
    private boolean isDryRun;

    @Option(
            names = {"-y", "--yes"},
            description = "Do it, as --all asks.")
    private boolean isSure;

    private final Map<Status, Integer> counts = new EnumMap<>(Status.class);

    @Override
    public Integer call() {
        requireSense();
        var connected = Cluster.connect(cluster.settings());
        if (isDryRun) {
            var letters = DeadLetters.read(connected);
            chosen(letters).forEach(id -> tell(letters.judge(id, isAgain)));
        } else {
            try (var redriver = Redriver.open(connected)) {
                var letters = DeadLetters.read(connected);
                redriver.redrive(letters, chosen(letters), isAgain, this::tell);
            }
        }
        output.say(summary());
        boolean isDone =
                counts.keySet().stream().allMatch(status -> status == Status.REDRIVEN || status == Status.POSSIBLE);
        return isDone ? ExitCode.NO_MATCH : ExitCode.ERROR;
    }

    private void requireSense() {
        if (isAll == !ids.isEmpty()) {
            throw new UsageException("what to redrive: expected ids, or --all");
        }
        if (!isAll && filter.isGiven()) {
            throw new UsageException("--since, --role, --topic: expected with --all only");
        }
        if (isAll && isAgain) {
            throw new UsageException("--again: expected with ids only");
        }
        if (isAll && !isSure && !isDryRun) {
            throw new UsageException("--all: expected --yes, or --dry-run to see what it would redrive");
        }
    }

    private List<String> chosen(DeadLetters letters) {
        var chosen = isAll
                ? letters.rows().stream()
                        .filter(filter)
                        .filter(row -> row.redrivenAt() == null)
                        .map(DeadLetterRow::id)
                        .collect(Collectors.toCollection(LinkedHashSet::new))
                : new LinkedHashSet<>(ids);
        return List.copyOf(chosen);
    }

    private void tell(Redrive end) {
        counts.merge(end.status(), 1, Integer::sum);
        var json = JsonNodeFactory.instance
                .objectNode()
                .put("id", end.id())
                .put("status", end.status().name())
                .put("detail", end.detail());
        output.print(json, end::text);
    }

    private String summary() {
        if (counts.isEmpty()) {
            return "Nothing to redrive.";
        }
        String told = counts.entrySet().stream()
                .map(count -> count.getValue() + " " + count.getKey().name().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(", "));
        return told + (isDryRun ? "; nothing was written" : "");
    }
}
