package io.weighbridge.app.cli.client;

import io.weighbridge.app.cli.ClusterOptions;
import io.weighbridge.app.cli.CommandException;
import io.weighbridge.app.cli.ExitCode;
import io.weighbridge.app.cli.OutputOptions;
import io.weighbridge.app.client.Api;
import io.weighbridge.app.client.Cluster;
import io.weighbridge.app.feed.PolicyJson;
import io.weighbridge.app.feed.ScanJson;
import io.weighbridge.schemas.avro.ProtectedModel;
import io.weighbridge.schemas.avro.ProtectionPolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code protected show ID}: all that is known of a protected model. */
@Command(name = "show", mixinStandardHelpOptions = true, header = "Show a protected model and its codes.")
final class ProtectedShowCommand implements Callable<Integer> {

    @Mixin
    private OutputOptions output;

    @Mixin
    private ClusterOptions cluster;

    @Parameters(paramLabel = "ID", description = "The protected model's id.")
    private String id;

    @Override
    public Integer call() throws InterruptedException {
        var settings = cluster.settings();
        var connected = Cluster.connect(settings);
        var protections = Protections.read(connected);
        var policy = connected
                .reader()
                .latest(connected.topics().protectionPolicies())
                .get(id);
        var quarantine = Quarantine.read(Api.of(settings), output);
        ProtectedModel model = protections
                .model(id)
                .orElseThrow(() ->
                        new CommandException(id + ": no such protected model; `weighbridge protected ls` lists them"));
        var json = ProtectedJson.of(model, quarantine).put("status", protections.status(model));
        json.set("policy", policy == null ? null : PolicyJson.of(policy));
        var files = json.putArray("files");
        protections
                .outcome(model)
                .ifPresent(outcome -> outcome.getFiles().forEach(scan -> files.add(ScanJson.ofFile(scan))));
        output.print(json, () -> String.join(System.lineSeparator(), describe(protections, model, policy, quarantine)));
        return ExitCode.NO_MATCH;
    }

    private static List<String> describe(
            Protections protections, ProtectedModel model, ProtectionPolicy policy, Quarantine quarantine) {
        var lines = new ArrayList<String>();
        lines.add("id            " + model.getId());
        lines.add("name          " + model.getName());
        lines.add("owner         " + model.getOwner());
        lines.add("kind          " + ProtectedJson.kind(model));
        lines.add("protected at  " + model.getProtectedAt());
        lines.add("file          " + model.getFile().getUrl());
        lines.add("status        " + protections.status(model));
        lines.add("mode          " + (policy == null ? model.getMode() + ", as it started" : mode(policy)));
        String held = quarantine.text(model.getId());
        lines.add("quarantine    " + (held == null ? "no" : held.equals("?") ? "not known" : held));
        protections.outcome(model).ifPresent(outcome -> {
            if (outcome.getReason() != null) {
                lines.add("reason        " + outcome.getReason());
            }
            outcome.getFiles()
                    .forEach(scan ->
                            scan.getCodes().forEach(code -> lines.add("code          " + ScanJson.codeText(code))));
        });
        return lines;
    }

    private static String mode(ProtectionPolicy policy) {
        return policy.getMode()
                + (policy.getDisabledUntil() == null ? "" : " until " + policy.getDisabledUntil())
                + " since " + policy.getChangedAt() + ", by " + policy.getChangedBy() + ": " + policy.getReason();
    }
}
