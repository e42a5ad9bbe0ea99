package io.weighbridge.app.cli.triage;

import io.weighbridge.alerting.CaseJson;
import io.weighbridge.alerting.Transitions;
import io.weighbridge.app.cli.ClusterOptions;
import io.weighbridge.app.cli.CommandException;
import io.weighbridge.app.cli.ExitCode;
import io.weighbridge.app.cli.OutputOptions;
import io.weighbridge.app.client.CaseTracker;
import io.weighbridge.app.client.Cluster;
import io.weighbridge.app.client.Publisher;
import io.weighbridge.schemas.avro.CaseDecision;
import io.weighbridge.schemas.avro.CaseState;
import io.weighbridge.schemas.avro.InfringementCase;
import io.weighbridge.schemas.avro.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code alerts decide ID...}: brings cases to another state. */
@Command(
        name = "decide",
        mixinStandardHelpOptions = true,
        header = "Decide on cases: look into them, confirm, act, close, dispute or suppress them.",
        description = {
            "",
            "NEW -> IN_REVIEW -> CONFIRMED -> ACTIONED -> CLOSED, and DISPUTED, SUPPRESSED. Closing what was not confirmed "
                    + "needs a verdict. A closed or suppressed case opens again for a closer revision, or for another version of the "
                    + "protected model. Decisions are kept for ever, with who made them, when, why, and on which evidence.",
            "",
            "Example: weighbridge alerts decide 3f2a9c --state CLOSED --verdict FALSE_POSITIVE --reason \"same dataset only\"",
            ""
        })
public final class AlertsDecideCommand implements Callable<Integer> {

    @Mixin
    private OutputOptions output;

    @Mixin
    private ClusterOptions cluster;

    @Mixin
    private ActorOptions by;

    @Parameters(arity = "1..*", paramLabel = "ID", description = "Alert ids, or the beginnings that `alerts ls` shows.")
    private List<String> ids;

    @Option(names = "--state", required = true, paramLabel = "STATE", description = "${COMPLETION-CANDIDATES}.")
    private CaseState state;

    @Option(names = "--verdict", paramLabel = "VERDICT", description = "${COMPLETION-CANDIDATES}.")
    private Verdict verdict;

    @Option(
            names = "--until",
            paramLabel = "TIME",
            converter = TimeConverter.class,
            description = "When a suppression ends: a time, or P90D from now. Default: never by itself.")
    private Instant until;

    @Option(
            names = "--timeout",
            paramLabel = "SECONDS",
            defaultValue = "30",
            description = "How long to wait until it is in effect. Default: ${DEFAULT-VALUE}.")
    private long timeoutSeconds;

    @Override
    public Integer call() throws InterruptedException {
        var connected = Cluster.connect(cluster.settings());
        var cases = Cases.read(connected);
        var known = ids.stream().map(cases::find).distinct().toList();
        var decisions = known.stream().map(this::decision).toList();
        for (int i = 0; i < known.size(); i++) {
            String id = known.get(i).getAlertId();
            Transitions.refusal(known.get(i), decisions.get(i)).ifPresent(refusal -> {
                throw new CommandException(id + ": " + refusal + "; nothing was decided");
            });
        }
        return report(publish(connected, decisions));
    }

    private List<InfringementCase> publish(Cluster connected, List<CaseDecision> decisions)
            throws InterruptedException {
        long end = System.nanoTime() + Duration.ofSeconds(timeoutSeconds).toNanos();
        var after = new ArrayList<InfringementCase>();
        try (var tracker = new CaseTracker(connected);
                var publisher = connected.publisher()) {
            decisions.forEach(publisher::decide);
            for (var decision : decisions) {
                var left = Duration.ofNanos(Math.max(0, end - System.nanoTime()));
                after.add(tracker.await(decision, left)
                        .orElseThrow(() -> new CommandException(decision.getAlertId()
                                + ": published, but not in effect within " + timeoutSeconds
                                + " s: is alerting running?")));
            }
        }
        for (int i = 0; i < decisions.size(); i++) {
            String id = decisions.get(i).getAlertId();
            CaseTracker.outcome(after.get(i), decisions.get(i).getId())
                    .map(CaseDecision::getRefusal)
                    .ifPresent(refusal -> {
                        throw new CommandException(id + ": " + refusal);
                    });
        }
        return after;
    }

    private int report(List<InfringementCase> after) {
        after.forEach(changed -> output.print(
                CaseJson.of(changed),
                () -> changed.getAlertId() + " is " + changed.getState()
                        + (changed.getVerdict() == null ? "" : " (" + changed.getVerdict() + ")")));
        return ExitCode.NO_MATCH;
    }

    private CaseDecision decision(InfringementCase known) {
        return CaseDecision.newBuilder()
                .setId(Publisher.newId())
                .setAlertId(known.getAlertId())
                .setActor(by.actor())
                .setDecidedAt(Instant.now().truncatedTo(ChronoUnit.MILLIS))
                .setState(state)
                .setVerdict(verdict)
                .setReason(by.reason())
                .setEvidenceVersion(known.getOccurrences())
                .setUntil(until)
                .build();
    }
}
