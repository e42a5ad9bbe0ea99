package io.weighbridge.app.cli.process;

import io.weighbridge.app.cli.ClusterOptions;
import io.weighbridge.app.cli.ExitCode;
import io.weighbridge.app.cli.OutputOptions;
import io.weighbridge.app.demo.DemoSet;
import io.weighbridge.app.http.access.AccessSettings;
import io.weighbridge.app.life.LocalStack;
import io.weighbridge.app.life.Ports;
import io.weighbridge.app.life.SettingsReaders;
import io.weighbridge.app.life.Shutdown;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.kafka.common.utils.Utils;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code demo}: the whole system at work on the models that ship with it. */
@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        header =
                "Show the whole system at work: broker, registry, three topologies, page; models protected and uploaded.",
        description = {
            "",
            "Runs in a temporary folder on free ports, and removes it at the end. With --keep it stays, "
                    + "on --port, until Ctrl-C, and other commands can talk to it. Page and API want no token: whoever is on this "
                    + "machine may do everything.",
            "Exit code: 0 if every upload came to what it should, 2 if not.",
            ""
        })
public final class DemoCommand implements Callable<Integer> {

    @Mixin
    private OutputOptions output;

    @Mixin
    private ClusterOptions cluster;

    @Option(names = "--keep", description = "Leave it running at the end, with its page.")
    private boolean keep;

    @Override
    public Integer call() throws Exception {
        DemoSet set = DemoSet.load();
        Path folder = Files.createTempDirectory("weighbridge-demo-");
        Ports ports = keep ? Ports.from(cluster.port()) : Ports.free();
        // Alerts are shown as they arrive, so the log need not tell them again.
        var settings = cluster.settingsOfStack(ports).with(Map.of("weighbridge.sink.log", "false"));
        settings.checkAll(SettingsReaders.openStack());
        var stack =
                LocalStack.start(settings, folder.resolve("data"), ports, AccessSettings.open(settings), output::say);
        var shutdown = Shutdown.closing(() -> {
            stack.close();
            Utils.delete(folder.toFile());
        });
        boolean isAsExpected = new DemoRun(set, folder.resolve("models"), output).on(settings);
        if (keep) {
            output.say("");
            output.say("Left running: " + ports.httpUrl() + " shows it; Ctrl-C ends it.");
            output.note("weighbridge demo: "
                    + shutdown.awaitDeath(stack::live, () -> "a role has failed: " + stack.states()));
        }
        return isAsExpected ? ExitCode.NO_MATCH : ExitCode.ERROR;
    }
}
