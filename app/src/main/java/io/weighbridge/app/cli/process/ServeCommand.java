package io.weighbridge.app.cli.process;

import io.weighbridge.app.cli.ClusterOptions;
import io.weighbridge.app.cli.ExitCode;
import io.weighbridge.app.cli.OutputOptions;
import io.weighbridge.app.cli.ProcessLog;
import io.weighbridge.app.client.Cluster;
import io.weighbridge.app.http.Listen;
import io.weighbridge.app.life.PageProcess;
import io.weighbridge.app.life.SettingsReaders;
import io.weighbridge.app.life.Shutdown;
import io.weighbridge.schemas.Settings;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code serve}: the page and API for a cluster. */
@Command(
        name = "serve",
        mixinStandardHelpOptions = true,
        header = "Serve the page and API for a cluster whose roles run elsewhere.",
        description = {
            "",
            "Keeps no state but browser sessions; start as many as you like. The page is on --page-port. Page and API want a "
                    + "token: weighbridge.api.tokens.file names their file, and `weighbridge token create` makes them.",
            ""
        })
public final class ServeCommand implements Callable<Integer> {

    @Mixin
    private OutputOptions output;

    @Mixin
    private ClusterOptions cluster;

    @Mixin
    private ManagementOptions management;

    @Option(
            names = "--page-port",
            paramLabel = "P",
            defaultValue = "8474",
            description = "Port of the page. Default: ${DEFAULT-VALUE}.")
    private int pagePort;

    @Option(
            names = "--address",
            paramLabel = "ADDRESS",
            defaultValue = "127.0.0.1",
            description = "Address that the page is bound to. Default: ${DEFAULT-VALUE}.")
    private String address;

    @Override
    public Integer call() throws Exception {
        Settings settings = cluster.settingsOfProcess();
        settings.checkAll(SettingsReaders.guardedPage());
        ProcessLog.tellRole("page");
        Cluster.connect(settings);
        var page = PageProcess.start(settings, new Listen(address, pagePort), management.address());
        var shutdown = Shutdown.closing(page);
        output.say("page and API on http://" + address + ":" + page.port() + "; Ctrl-C ends it");
        output.note("weighbridge serve: " + shutdown.awaitDeath(page::live, () -> "the page has failed"));
        return ExitCode.ERROR;
    }
}
