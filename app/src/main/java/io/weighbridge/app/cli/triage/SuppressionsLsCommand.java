package io.weighbridge.app.cli.triage;

import io.weighbridge.alerting.AlertRules;
import io.weighbridge.alerting.CaseJson;
import io.weighbridge.alerting.Suppressions;
import io.weighbridge.app.cli.ClusterOptions;
import io.weighbridge.app.cli.OutputOptions;
import io.weighbridge.app.cli.Table;
import io.weighbridge.app.client.Cluster;
import io.weighbridge.schemas.avro.InfringementCase;
import io.weighbridge.schemas.avro.Suppression;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.StringJoiner;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code suppressions ls}: what nobody is told of. */
@Command(
        name = "ls",
        mixinStandardHelpOptions = true,
        header = "List suppressions, with how many cases each covers now.",
        description = {"", "Dismissals of single cases are left out, but for --all.", ""})
final class SuppressionsLsCommand implements Runnable {

    @Mixin
    private OutputOptions output;

    @Mixin
    private ClusterOptions cluster;

    @Option(names = "--all", description = "With the dismissals of single cases.")
    private boolean all;

    @Override
    public void run() {
        var connected = Cluster.connect(cluster.settings());
        var cases = Cases.read(connected);
        List<Suppression> found = connected.reader().latest(connected.topics().suppressions()).values().stream()
                .filter(suppression -> all || suppression.getId().startsWith(AlertRules.RULE))
                .sorted(Comparator.comparing(Suppression::getCreatedAt).thenComparing(Suppression::getId))
                .toList();
        Instant now = Instant.now();
        if (output.isJson()) {
            found.forEach(suppression -> output.print(
                    CaseJson.of(suppression)
                            .put("isExpired", Suppressions.isExpired(suppression, now))
                            .put("covered", covered(suppression, cases.all())),
                    () -> ""));
        } else {
            output.say(
                    found.isEmpty()
                            ? "No suppression."
                            : table(found, cases, now).toString());
        }
    }

    private static Table table(List<Suppression> found, Cases cases, Instant now) {
        var table = new Table("id", "covers", "verdict", "author", "created", "expires", "cases", "reason");
        for (Suppression suppression : found) {
            table.row(
                    suppression.getId(),
                    scope(suppression),
                    suppression.getVerdict() == null
                            ? null
                            : suppression.getVerdict().name(),
                    suppression.getAuthor(),
                    suppression.getCreatedAt().toString(),
                    expiry(suppression, now),
                    Long.toString(covered(suppression, cases.all())),
                    suppression.getReason());
        }
        return table;
    }

    private static String expiry(Suppression suppression, Instant now) {
        if (suppression.getExpiresAt() == null) {
            return "never";
        }
        return suppression.getExpiresAt() + (Suppressions.isExpired(suppression, now) ? " (over)" : "");
    }

    private static long covered(Suppression suppression, Iterable<InfringementCase> cases) {
        long covered = 0;
        for (InfringementCase known : cases) {
            boolean isCovered =
                    known.getDismissal() != null && known.getDismissal().getId().equals(suppression.getId());
            covered += isCovered ? 1 : 0;
        }
        return covered;
    }

    /** Such as {@code owner mallory, protected acme-resnet}. */
    static String scope(Suppression suppression) {
        var scope = new StringJoiner(", ");
        add(scope, "case ", suppression.getAlertId());
        add(scope, "hub ", suppression.getHub());
        add(scope, "repository ", suppression.getRepo());
        add(scope, "owner ", suppression.getOwner());
        add(scope, "protected ", suppression.getProtectedModelId());
        return scope.toString();
    }

    private static void add(StringJoiner scope, String name, String value) {
        if (value != null) {
            scope.add(name + value);
        }
    }
}
