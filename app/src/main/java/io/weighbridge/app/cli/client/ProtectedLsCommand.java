package io.weighbridge.app.cli.client;

import io.weighbridge.app.cli.ClusterOptions;
import io.weighbridge.app.cli.ExitCode;
import io.weighbridge.app.cli.OutputOptions;
import io.weighbridge.app.cli.Table;
import io.weighbridge.app.client.Api;
import io.weighbridge.app.client.Cluster;
import io.weighbridge.schemas.avro.ProtectedModel;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code protected ls}: the protected models. */
@Command(name = "ls", mixinStandardHelpOptions = true, header = "List the protected models.")
final class ProtectedLsCommand implements Callable<Integer> {

    @Mixin
    private OutputOptions output;

    @Mixin
    private ClusterOptions cluster;

    @Override
    public Integer call() throws InterruptedException {
        var settings = cluster.settings();
        var protections = Protections.read(Cluster.connect(settings));
        var quarantine = Quarantine.read(Api.of(settings), output);
        var table = new Table("id", "name", "owner", "kind", "status", "quarantine", "protected at", "file");
        for (ProtectedModel model : protections.models()) {
            if (output.isJson()) {
                var json = ProtectedJson.of(model, quarantine).put("status", protections.status(model));
                output.print(json, () -> "");
            }
            table.row(
                    model.getId(),
                    model.getName(),
                    model.getOwner(),
                    ProtectedJson.kind(model),
                    protections.status(model),
                    quarantine.text(model.getId()),
                    model.getProtectedAt().toString(),
                    model.getFile().getPath());
        }
        output.say(
                table.isEmpty()
                        ? "No model is protected: `weighbridge protect FILE --id ID --owner OWNER` adds one."
                        : table.toString());
        return ExitCode.NO_MATCH;
    }
}
