package io.weighbridge.app.cli.client;

import io.weighbridge.alerting.CaseJson;
import io.weighbridge.alerting.LayerWords;
import io.weighbridge.alerting.Odds;
import io.weighbridge.app.cli.ClusterOptions;
import io.weighbridge.app.cli.OutputOptions;
import io.weighbridge.app.cli.Table;
import io.weighbridge.app.client.Cluster;
import io.weighbridge.schemas.avro.CaseState;
import io.weighbridge.schemas.avro.InfringementAlert;
import io.weighbridge.schemas.avro.InfringementCase;
import io.weighbridge.schemas.avro.Severity;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code alerts ls}: the cases. */
@Command(
        name = "ls",
        mixinStandardHelpOptions = true,
        header = "List the cases, newest last: one for each repository and the protected model it copies.",
        description = {
            "",
            "Reads the state of the alerting stage. Distance, threshold, confidence and matching layers are those of the "
                    + "nearest match, the margin how many bits nearer it is than the nearest public baseline; json has every layer.",
            ""
        })
final class AlertsLsCommand implements Runnable {

    private static final int ID_DIGITS = 12;

    @Mixin
    private OutputOptions output;

    @Mixin
    private ClusterOptions cluster;

    @Option(names = "--protected", paramLabel = "ID", description = "Only copies of this protected model.")
    private String protectedId;

    @Option(
            names = "--state",
            split = ",",
            paramLabel = "STATE",
            description = "Only cases in these states: ${COMPLETION-CANDIDATES}.")
    private Set<CaseState> states;

    @Option(
            names = "--severity",
            split = ",",
            paramLabel = "SEVERITY",
            description = "Only cases of these severities: ${COMPLETION-CANDIDATES}.")
    private Set<Severity> severities;

    @Option(
            names = "--held",
            description = "Those without an alert too: of models in quarantine, in shadow mode, disabled.")
    private boolean held;

    @Option(names = "--repo", paramLabel = "OWNER/NAME", description = "Only this repository.")
    private String repo;

    @Override
    public void run() {
        var connected = Cluster.connect(cluster.settings());
        List<InfringementCase> cases =
                connected.reader().latest(connected.topics().infringementCases()).values().stream()
                        .filter(this::isWanted)
                        .sorted(Comparator.comparing(InfringementCase::getFirstSeenAt)
                                .thenComparing(InfringementCase::getAlertId))
                        .toList();
        if (output.isJson()) {
            cases.forEach(found -> output.print(CaseJson.of(found), () -> ""));
        } else {
            output.say(cases.isEmpty() ? "No case." : table(cases).toString());
        }
    }

    private boolean isWanted(InfringementCase found) {
        InfringementAlert best = found.getBest();
        return (held || found.getHeld() == null)
                && (states == null || states.contains(found.getState()))
                && (severities == null || severities.contains(found.getSeverity()))
                && (protectedId == null
                        || protectedId.equals(best.getProtectedModel().getId()))
                && (repo == null || repo.equals(best.getUpload().getRepo()));
    }

    private static Table table(List<InfringementCase> cases) {
        var table = new Table(
                "alert",
                "severity",
                "state",
                "first seen",
                "repository",
                "protected model",
                "distance",
                "threshold",
                "confidence",
                "layers",
                "margin",
                "revisions");
        for (InfringementCase found : cases) {
            InfringementAlert best = found.getBest();
            table.row(
                    found.getAlertId()
                            .substring(0, Math.min(ID_DIGITS, found.getAlertId().length())),
                    found.getSeverity().name(),
                    state(found),
                    found.getFirstSeenAt().toString(),
                    best.getUpload().getRepo(),
                    best.getProtectedModel().getId(),
                    best.getAlgorithm() + " " + best.getDistanceBits() + "/" + best.getBits(),
                    Integer.toString(best.getThresholdBits()),
                    Odds.confidenceText(best.getFalseMatchRate()),
                    layers(best),
                    best.getNearestBaseline() == null
                            ? null
                            : Integer.toString(best.getNearestBaseline().getMarginBits()),
                    Integer.toString(found.getRevisions().size()));
        }
        return table;
    }

    private static String state(InfringementCase found) {
        return found.getState()
                + (found.getVerdict() == null ? "" : " " + found.getVerdict())
                + (found.getHeld() == null ? "" : ", held: " + found.getHeld());
    }

    private static String layers(InfringementAlert alert) {
        return LayerWords.fraction(alert)
                .map(fraction -> fraction + " ("
                        + LayerWords.percent(alert.getLayerEvidence().getUploadShare()) + " of the weights)")
                .orElse(null);
    }
}
