package io.weighbridge.app.cli.triage;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.weighbridge.alerting.CaseJson;
import io.weighbridge.alerting.LayerWords;
import io.weighbridge.app.cli.ClusterOptions;
import io.weighbridge.app.cli.CommandException;
import io.weighbridge.app.cli.OutputOptions;
import io.weighbridge.app.cli.Table;
import io.weighbridge.app.client.Cluster;
import io.weighbridge.app.text.Words;
import io.weighbridge.schemas.avro.HeldReason;
import io.weighbridge.schemas.avro.InfringementCase;
import io.weighbridge.schemas.avro.ProtectionMode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code protected preview ID}: what a model in shadow mode would raise. */
@Command(
        name = "preview",
        mixinStandardHelpOptions = true,
        header = "Show what a protected model in shadow mode would alert on.",
        description = {
            "",
            "Protect it with `weighbridge protect --mode shadow`: all uploads that are kept, and all that come, are matched, "
                    + "and the matches recorded without an alert. `weighbridge protected policy ID --mode live` makes them alerts.",
            ""
        })
public final class ProtectedPreviewCommand implements Runnable {

    private static final Comparator<InfringementCase> WORST_FIRST = Comparator.comparing(InfringementCase::getSeverity)
            .reversed()
            .thenComparing(known -> known.getBest().getFalseMatchRate())
            .thenComparing(InfringementCase::getAlertId);

    @Mixin
    private OutputOptions output;

    @Mixin
    private ClusterOptions cluster;

    @Parameters(paramLabel = "ID", description = "The protected model's id.")
    private String id;

    @Override
    public void run() {
        var connected = Cluster.connect(cluster.settings());
        var model =
                connected.reader().latest(connected.topics().protectedModels()).get(id);
        if (model == null) {
            throw new CommandException(id + ": no such protected model; `weighbridge protected ls` lists them");
        }
        var policy = connected
                .reader()
                .latest(connected.topics().protectionPolicies())
                .get(id);
        ProtectionMode mode = policy == null ? model.getMode() : policy.getMode();
        var held = held(Cases.read(connected));
        long owners = held.stream()
                .map(known -> known.getBest().getUpload().getOwner())
                .distinct()
                .count();
        var json = JsonNodeFactory.instance
                .objectNode()
                .put("id", id)
                .put("mode", mode.name())
                .put("wouldAlert", held.size())
                .put("owners", owners);
        var rows = json.putArray("cases");
        held.forEach(known -> rows.add(CaseJson.of(known)));
        output.print(json, () -> describe(mode, held, owners));
    }

    private List<InfringementCase> held(Cases cases) {
        var held = new ArrayList<InfringementCase>();
        for (InfringementCase known : cases.all()) {
            if (known.getHeld() == HeldReason.SHADOW
                    && known.getBest().getProtectedModel().getId().equals(id)) {
                held.add(known);
            }
        }
        held.sort(WORST_FIRST);
        return held;
    }

    private String describe(ProtectionMode mode, List<InfringementCase> held, long owners) {
        String summary = id + " is " + mode + "; in shadow mode it found " + Words.count(held.size(), "case") + " of "
                + Words.count(owners, "owner");
        if (held.isEmpty()) {
            return summary;
        }
        var table = new Table("severity", "repository", "owner", "distance", "threshold", "layers", "revisions");
        for (InfringementCase known : held) {
            var best = known.getBest();
            table.row(
                    known.getSeverity().name(),
                    best.getUpload().getHub() + "/" + best.getUpload().getRepo(),
                    best.getUpload().getOwner(),
                    best.getAlgorithm() + " " + best.getDistanceBits() + "/" + best.getBits(),
                    Integer.toString(best.getThresholdBits()),
                    LayerWords.fraction(best).orElse(null),
                    Integer.toString(known.getRevisionCount()));
        }
        return summary + System.lineSeparator() + table;
    }
}
