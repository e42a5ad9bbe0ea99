package io.weighbridge.app.cli.client;

import io.weighbridge.app.cli.ClusterOptions;
import io.weighbridge.app.cli.OutputOptions;
import io.weighbridge.app.cli.Table;
import io.weighbridge.app.client.Cluster;
import io.weighbridge.schemas.avro.ProtectedModel;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code protected ls}: the protected models. */
@Command(name = "ls", mixinStandardHelpOptions = true, header = "List the protected models.")
final class ProtectedLsCommand implements Runnable {

    @Mixin
    private OutputOptions output;

    @Mixin
    private ClusterOptions cluster;

    @Override
    public void run() {
        var protections = Protections.read(Cluster.connect(cluster.settings()));
        var table = new Table("id", "name", "owner", "status", "protected at", "file");
        for (ProtectedModel model : protections.models()) {
            if (output.isJson()) {
                output.print(ProtectedJson.of(model).put("status", protections.status(model)), () -> "");
            }
            table.row(
                    model.getId(),
                    model.getName(),
                    model.getOwner(),
                    protections.status(model),
                    model.getProtectedAt().toString(),
                    model.getFile().getPath());
        }
        output.say(
                table.isEmpty()
                        ? "No model is protected: `weighbridge protect FILE --id ID --owner OWNER` adds one."
                        : table.toString());
    }
}
