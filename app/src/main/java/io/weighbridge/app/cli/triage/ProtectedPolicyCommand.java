package io.weighbridge.app.cli.triage;

import io.weighbridge.app.cli.ClusterOptions;
import io.weighbridge.app.cli.CommandException;
import io.weighbridge.app.cli.OutputOptions;
import io.weighbridge.app.cli.UsageException;
import io.weighbridge.app.client.Cluster;
import io.weighbridge.app.feed.PolicyJson;
import io.weighbridge.schemas.avro.ProtectedModel;
import io.weighbridge.schemas.avro.ProtectionMode;
import io.weighbridge.schemas.avro.ProtectionPolicy;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code protected policy ID}: sets what becomes of a model's matches. */
@Command(
        name = "policy",
        mixinStandardHelpOptions = true,
        header = "Set what becomes of a protected model's matches: its mode, and who may have copies.",
        description = {
            "",
            "What is not given stays as it is. In shadow mode matches are recorded and raise no alert; when the model goes "
                    + "live, those recorded become alerts. Disabled, they are recorded only, for good or until a time. Cases of owners "
                    + "and licences that may have copies close by themselves, and open again if they may no longer.",
            "",
            "Example: weighbridge protected policy acme-resnet --mode shadow --reason \"a first look\"",
            "         weighbridge protected policy acme-resnet --allow-owner acme-labs --reason \"our partner\"",
            ""
        })
public final class ProtectedPolicyCommand implements Runnable {

    @Mixin
    private OutputOptions output;

    @Mixin
    private ClusterOptions cluster;

    @Mixin
    private ActorOptions by;

    @Parameters(paramLabel = "ID", description = "The protected model's id.")
    private String id;

    @Option(names = "--mode", paramLabel = "MODE", description = "${COMPLETION-CANDIDATES}.")
    private ProtectionMode mode;

    @Option(
            names = "--until",
            paramLabel = "TIME",
            converter = TimeConverter.class,
            description =
                    "With --mode disabled: when it is live again, a time or P7D from now. Default: never by itself.")
    private Instant until;

    @Option(
            names = "--allow-owner",
            split = ",",
            paramLabel = "OWNER",
            description =
                    "Accounts that may have copies, instead of those named before; HUB/OWNER for one hub; \"\" for none.")
    private List<String> owners;

    @Option(
            names = "--allow-license",
            split = ",",
            paramLabel = "LICENSE",
            description = "Licences under which anybody may have copies, instead of those named before; \"\" for none.")
    private List<String> licenses;

    @Override
    public void run() {
        if (until != null && mode != ProtectionMode.DISABLED) {
            throw new UsageException("--until: expected with --mode disabled only");
        }
        var connected = Cluster.connect(cluster.settings());
        var model =
                connected.reader().latest(connected.topics().protectedModels()).get(id);
        if (model == null) {
            throw new CommandException(id + ": no such protected model; `weighbridge protected ls` lists them");
        }
        var known = connected
                .reader()
                .latest(connected.topics().protectionPolicies())
                .get(id);
        var policy = next(model, known);
        try (var publisher = connected.publisher()) {
            publisher.policy(policy);
        }
        output.print(PolicyJson.of(policy).put("id", id), () -> describe(policy));
    }

    private ProtectionPolicy next(ProtectedModel model, ProtectionPolicy known) {
        var next = known == null
                ? ProtectionPolicy.newBuilder().setProtectedModelId(id).setMode(model.getMode())
                : ProtectionPolicy.newBuilder(known);
        if (mode != null) {
            next.setMode(mode).setDisabledUntil(until);
        }
        if (owners != null) {
            next.setAuthorisedOwners(named(owners));
        }
        if (licenses != null) {
            next.setAuthorisedLicenses(named(licenses));
        }
        return next.setChangedBy(by.actor())
                .setReason(by.reason())
                .setChangedAt(Instant.now().truncatedTo(ChronoUnit.MILLIS))
                .build();
    }

    private static List<String> named(List<String> names) {
        return names.stream()
                .map(name -> name.strip().toLowerCase(Locale.ROOT))
                .filter(name -> !name.isEmpty())
                .distinct()
                .toList();
    }

    private static String describe(ProtectionPolicy policy) {
        return policy.getProtectedModelId() + " is " + policy.getMode()
                + (policy.getDisabledUntil() == null ? "" : " until " + policy.getDisabledUntil())
                + allowed("owners", policy.getAuthorisedOwners())
                + allowed("licences", policy.getAuthorisedLicenses());
    }

    private static String allowed(String what, List<String> names) {
        return names.isEmpty() ? "" : "; " + what + " that may have copies: " + String.join(", ", names);
    }
}
