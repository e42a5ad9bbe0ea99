package io.weighbridge.app.cli.client;

import io.weighbridge.app.cli.ClusterOptions;
import io.weighbridge.app.cli.CommandException;
import io.weighbridge.app.cli.ExitCode;
import io.weighbridge.app.cli.OutputOptions;
import io.weighbridge.app.client.Api;
import io.weighbridge.app.client.Cluster;
import io.weighbridge.app.feed.ScanJson;
import io.weighbridge.schemas.avro.ProtectedModel;
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
        var protections = Protections.read(Cluster.connect(settings));
        var quarantine = Quarantine.read(Api.of(settings), output);
        ProtectedModel model = protections
                .model(id)
                .orElseThrow(() ->
                        new CommandException(id + ": no such protected model; `weighbridge protected ls` lists them"));
        var json = ProtectedJson.of(model, quarantine).put("status", protections.status(model));
        var files = json.putArray("files");
        protections
                .outcome(model)
                .ifPresent(outcome -> outcome.getFiles().forEach(scan -> files.add(ScanJson.ofFile(scan))));
        output.print(json, () -> String.join(System.lineSeparator(), describe(protections, model, quarantine)));
        return ExitCode.NO_MATCH;
    }

    private static List<String> describe(Protections protections, ProtectedModel model, Quarantine quarantine) {
        var lines = new ArrayList<String>();
        lines.add("id            " + model.getId());
        lines.add("name          " + model.getName());
        lines.add("owner         " + model.getOwner());
        lines.add("kind          " + ProtectedJson.kind(model));
        lines.add("protected at  " + model.getProtectedAt());
        lines.add("file          " + model.getFile().getUrl());
        lines.add("status        " + protections.status(model));
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
}
