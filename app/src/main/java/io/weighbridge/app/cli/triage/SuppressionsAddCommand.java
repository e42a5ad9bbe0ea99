package io.weighbridge.app.cli.triage;

import io.weighbridge.alerting.AlertRules;
import io.weighbridge.alerting.CaseJson;
import io.weighbridge.app.cli.ClusterOptions;
import io.weighbridge.app.cli.OutputOptions;
import io.weighbridge.app.cli.UsageException;
import io.weighbridge.app.client.Cluster;
import io.weighbridge.app.client.Publisher;
import io.weighbridge.schemas.avro.Suppression;
import io.weighbridge.schemas.avro.Verdict;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code suppressions add}: leaves matches alone for a reason and a time. */
@Command(
        name = "add",
        mixinStandardHelpOptions = true,
        header = "Suppress matches: those that all the given options fit.",
        description = {
            "",
            "New cases that it covers become SUPPRESSED, now and when they come, and are new again when it ends. Sinks are not "
                    + "told of them; counts and lists still have them.",
            "",
            "Example: weighbridge suppressions add --owner red-team --until P30D --verdict TEST --reason \"our own exercise\"",
            ""
        })
final class SuppressionsAddCommand implements Runnable {

    @Mixin
    private OutputOptions output;

    @Mixin
    private ClusterOptions cluster;

    @Mixin
    private ActorOptions by;

    @Option(names = "--owner", paramLabel = "OWNER", description = "Uploads of this account.")
    private String owner;

    @Option(names = "--repo", paramLabel = "OWNER/NAME", description = "Uploads to this repository.")
    private String repo;

    @Option(names = "--hub", paramLabel = "HUB", description = "Uploads to this hub.")
    private String hub;

    @Option(names = "--protected", paramLabel = "ID", description = "Matches of this protected model.")
    private String protectedId;

    @Option(names = "--verdict", paramLabel = "VERDICT", description = "${COMPLETION-CANDIDATES}.")
    private Verdict verdict;

    @Option(
            names = "--until",
            paramLabel = "TIME",
            converter = TimeConverter.class,
            description = "When it ends: a time, or P90D from now. Default: when it is lifted.")
    private Instant until;

    @Override
    public void run() {
        if (owner == null && repo == null && hub == null && protectedId == null) {
            throw new UsageException("expected --owner, --repo, --hub or --protected: what to suppress");
        }
        var suppression = Suppression.newBuilder()
                .setId(AlertRules.RULE + Publisher.newId())
                .setHub(hub)
                .setRepo(repo)
                .setOwner(owner)
                .setProtectedModelId(protectedId)
                .setVerdict(verdict)
                .setAuthor(by.actor())
                .setReason(by.reason())
                .setCreatedAt(Instant.now().truncatedTo(ChronoUnit.MILLIS))
                .setExpiresAt(until)
                .build();
        try (var publisher = Cluster.connect(cluster.settings()).publisher()) {
            publisher.suppress(suppression);
        }
        output.print(
                CaseJson.of(suppression),
                () -> suppression.getId() + " suppresses " + SuppressionsLsCommand.scope(suppression) + " "
                        + (until == null ? "until it is lifted" : "until " + until));
    }
}
