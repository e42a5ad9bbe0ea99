package io.weighbridge.app.cli.operate;

import io.weighbridge.app.cli.ClusterOptions;
import io.weighbridge.app.cli.ExitCode;
import io.weighbridge.app.cli.OutputOptions;
import io.weighbridge.app.cli.Table;
import io.weighbridge.app.life.Role;
import io.weighbridge.app.operate.acl.Party;
import io.weighbridge.app.operate.doctor.Doctor;
import io.weighbridge.app.operate.doctor.Finding;
import io.weighbridge.app.operate.doctor.Finding.Level;
import io.weighbridge.app.text.Words;
import io.weighbridge.schemas.Settings;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code doctor}: what is wrong with an installation, and what to do about it. */
@Command(
        name = "doctor",
        mixinStandardHelpOptions = true,
        header = "Tell what is wrong with an installation, as seen from here, and what to do about it.",
        description = {
            "",
            "Looks at settings, machine, disks, brokers, topics, rights, transactions, groups, schema registry and clocks; changes nothing. "
                    + "Run it on the machine and with the settings of what does not work: with --role, rights are those that the role "
                    + "needs; without, those of an operator. Exit code: 0 nothing failed, 1 a check failed, 2 it could not be run.",
            "",
            "Example: weighbridge doctor",
            "         weighbridge doctor --role hasher --config hasher.properties --management http://127.0.0.1:8472",
            ""
        })
public final class DoctorCommand implements Callable<Integer> {

    private static final String SPOOL = "weighbridge.fetch.spool.dir";

    @Mixin
    private OutputOptions output;

    @Mixin
    private ClusterOptions cluster;

    @Option(names = "--role", paramLabel = "ROLE", description = "Only what this role needs: ${COMPLETION-CANDIDATES}.")
    private Role role;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            defaultValue = ".weighbridge",
            description = "Data folder of the processes on this machine. Default: ${DEFAULT-VALUE}.")
    private Path data;

    @Option(
            names = "--management",
            paramLabel = "URL",
            description = "Ask this process, too, whether it is ready: where its health and metrics are.")
    private URI management;

    private final Map<Level, Integer> counts = new EnumMap<>(Level.class);

    @Override
    public Integer call() {
        var doctor = new Doctor(
                settings(),
                role == null ? List.of(Role.values()) : List.of(role),
                role == null ? Party.OPERATOR : Party.of(role),
                data,
                Optional.ofNullable(management),
                Clock.systemUTC());
        doctor.examine(this::tell);
        int failed = counts.getOrDefault(Level.FAIL, 0);
        int warned = counts.getOrDefault(Level.WARN, 0);
        output.say(failed + " failed, " + Words.count(warned, "warning") + ".");
        return failed == 0 ? ExitCode.NO_MATCH : ExitCode.FAILED_CHECK;
    }

    /** As {@code up} has them, if it is that which is looked at. */
    private Settings settings() {
        Settings settings = cluster.settings();
        return cluster.isLocalStack(settings)
                ? settings.with(
                        Map.of(SPOOL, settings.text(SPOOL, data.resolve("spool").toString())))
                : settings;
    }

    private void tell(Finding finding) {
        counts.merge(finding.level(), 1, Integer::sum);
        output.print(finding.json(), () -> text(finding));
    }

    private static String text(Finding finding) {
        String line = String.format("%-5s %-9s %s", finding.level(), finding.check(), Table.oneLine(finding.detail()));
        return finding.advice().isEmpty()
                ? line
                : line + System.lineSeparator() + " ".repeat(16) + "-> " + Table.oneLine(finding.advice());
    }
}
