package io.weighbridge.app.cli.process;

import io.weighbridge.app.cli.ClusterOptions;
import io.weighbridge.app.cli.ExitCode;
import io.weighbridge.app.cli.OutputOptions;
import io.weighbridge.app.cli.ProcessLog;
import io.weighbridge.app.http.access.AccessSettings;
import io.weighbridge.app.http.access.FirstToken;
import io.weighbridge.app.life.LocalStack;
import io.weighbridge.app.life.Ports;
import io.weighbridge.app.life.SettingsReaders;
import io.weighbridge.app.life.Shutdown;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code up}: the whole stack on one machine, for good. */
@Command(
        name = "up",
        mixinStandardHelpOptions = true,
        header = "Run everything on this machine: broker, registry, three topologies, page. Data survives restarts.",
        description = {
            "",
            "Listens on the loopback address only: the page and API on --port (default 8470), the broker on the next "
                    + "port, the registry on the one after, health and metrics on the one after that. Ctrl-C closes it cleanly.",
            "",
            "Page and API want a token. The first start makes one of an administrator, in admin.token in --data, which "
                    + "commands on this machine find there; `weighbridge token create` makes more.",
            ""
        })
public final class UpCommand implements Callable<Integer> {

    @Mixin
    private OutputOptions output;

    @Mixin
    private ClusterOptions cluster;

    @Mixin
    private ProcessOptions process;

    @Override
    public Integer call() throws Exception {
        Ports ports = Ports.from(cluster.port());
        var settings = FirstToken.withTokensFile(cluster.settingsOfStack(ports), process.data());
        settings.checkAll(SettingsReaders.guardedStack());
        ProcessLog.tellRole("up");
        var access = AccessSettings.of(settings);
        var first = FirstToken.create(settings, process.data());
        var stack = LocalStack.start(settings, process.data(), ports, access, output::say);
        var shutdown = Shutdown.closing(stack);
        output.say("");
        first.ifPresent(file -> output.say("A token of an administrator, to log in with, is in " + file));
        output.say("Weighbridge is up: " + ports.httpUrl() + "   data in " + process.data() + "   Ctrl-C ends it");
        output.note(
                "weighbridge up: " + shutdown.awaitDeath(stack::live, () -> "a role has failed: " + stack.states()));
        return ExitCode.ERROR;
    }
}
