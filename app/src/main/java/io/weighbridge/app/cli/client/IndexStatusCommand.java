package io.weighbridge.app.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import io.weighbridge.app.cli.ClusterOptions;
import io.weighbridge.app.cli.CommandException;
import io.weighbridge.app.cli.ExitCode;
import io.weighbridge.app.cli.OutputOptions;
import io.weighbridge.app.client.Api;
import io.weighbridge.app.client.ApiException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code index status}: what the index holds, and whether all of it answers. */
@Command(
        name = "status",
        mixinStandardHelpOptions = true,
        header = "Show what the index holds, in how much memory, how new it is, and whether every partition answers.",
        description = {
            "",
            "Asks the API of `weighbridge up`, or of the `weighbridge serve` that weighbridge.api.url names.",
            "Exit code: 0 every partition answers, 2 some are missing.",
            ""
        })
final class IndexStatusCommand implements Callable<Integer> {

    @Mixin
    private OutputOptions output;

    @Mixin
    private ClusterOptions cluster;

    @Override
    public Integer call() throws InterruptedException {
        JsonNode status = status(Api.of(cluster.settings()));
        output.print(status, () -> new IndexReport(status).text());
        return status.path("indexComplete").asBoolean() ? ExitCode.NO_MATCH : ExitCode.ERROR;
    }

    private static JsonNode status(Api api) throws InterruptedException {
        try {
            return api.get("index");
        } catch (ApiException e) {
            throw new CommandException(e.getMessage(), e);
        }
    }
}
