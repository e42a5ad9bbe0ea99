package io.weighbridge.app.cli.process;

import io.weighbridge.app.cli.ClusterOptions;
import io.weighbridge.app.cli.CommandException;
import io.weighbridge.app.cli.ExitCode;
import io.weighbridge.app.cli.OutputOptions;
import io.weighbridge.app.cli.ProcessLog;
import io.weighbridge.app.client.Cluster;
import io.weighbridge.app.client.TopicAdmin;
import io.weighbridge.app.life.LocalStack;
import io.weighbridge.app.life.Role;
import io.weighbridge.app.life.RoleProcess;
import io.weighbridge.app.life.RoleTopics;
import io.weighbridge.app.life.SettingsReaders;
import io.weighbridge.app.life.Shutdown;
import io.weighbridge.app.life.StateFolder;
import io.weighbridge.schemas.Settings;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code run ROLE...}: one role against a cluster. */
@Command(
        name = "run",
        mixinStandardHelpOptions = true,
        header = "Run a role against a cluster. Start more of the same role, anywhere, to scale it out.",
        description = {
            "",
            "The topics must exist: `weighbridge topics create`. Health is at /livez and /readyz of --management-port, "
                    + "metrics at /metrics. SIGTERM or Ctrl-C closes it cleanly.",
            "",
            "Example: weighbridge run hasher --bootstrap-servers kafka:9092 --schema-registry http://registry:8081",
            ""
        })
public final class RunCommand implements Callable<Integer> {

    @Mixin
    private OutputOptions output;

    @Mixin
    private ClusterOptions cluster;

    @Mixin
    private ProcessOptions process;

    @Mixin
    private ManagementOptions management;

    @Parameters(arity = "1..3", paramLabel = "ROLE", description = "One or more of ${COMPLETION-CANDIDATES}.")
    private List<Role> roles;

    @Override
    public Integer call() throws Exception {
        Settings settings = cluster.settingsOfProcess();
        settings.checkAll(SettingsReaders.of(roles));
        ProcessLog.tellRole(names(","));
        requireTopics(settings);
        var state = StateFolder.in(process.data());
        var running = RoleProcess.start(
                EnumSet.copyOf(roles), settings.with(byDefault(settings, state)), management.address());
        var shutdown = Shutdown.closing(() -> {
            running.close();
            state.close();
        });
        output.say("running " + names(", ") + ": health and metrics on "
                + management.address().address() + ":" + running.managementPort() + "; Ctrl-C ends it");
        output.note("weighbridge run: "
                + shutdown.awaitDeath(running::live, () -> "a role has failed: " + running.states()));
        return ExitCode.ERROR;
    }

    private String names(String separator) {
        return roles.stream().map(Role::id).collect(Collectors.joining(separator));
    }

    /** Beside `up` the files of this machine may be read as there; elsewhere somebody has to say which. */
    private Map<String, String> byDefault(Settings settings, StateFolder state) {
        String roots = settings.text(LocalStack.FILE_ROOTS, cluster.isLocalStack(settings) ? LocalStack.ALL_FILES : "");
        if (roles.contains(Role.HASHER) && roots.isBlank()) {
            output.note("weighbridge run: file: addresses will be FORBIDDEN: " + LocalStack.FILE_ROOTS
                    + " names no folder");
        }
        return Map.of("state.dir", settings.text("state.dir", state.path().toString()), LocalStack.FILE_ROOTS, roots);
    }

    private void requireTopics(Settings settings) {
        String problems = new TopicAdmin(Cluster.connect(settings))
                .check(RoleTopics.ofAll(roles, settings)).stream()
                        .filter(check -> check.problem().isPresent())
                        .map(check -> check.topic() + ": " + check.problem().get())
                        .collect(Collectors.joining("; "));
        if (!problems.isEmpty()) {
            throw new CommandException(problems);
        }
    }
}
