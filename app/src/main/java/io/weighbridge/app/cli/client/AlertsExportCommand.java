package io.weighbridge.app.cli.client;

import io.weighbridge.alerting.export.CaseCsv;
import io.weighbridge.alerting.export.CaseSarif;
import io.weighbridge.alerting.export.CaseWriter;
import io.weighbridge.alerting.export.OcsfLines;
import io.weighbridge.alerting.message.CaseLinks;
import io.weighbridge.app.cli.ClusterOptions;
import io.weighbridge.app.cli.PastTimeConverter;
import io.weighbridge.app.client.Cluster;
import io.weighbridge.schemas.avro.CaseState;
import io.weighbridge.schemas.avro.InfringementCase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Path;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code alerts export}: the cases in the forms of other tools. */
@Command(
        name = "export",
        mixinStandardHelpOptions = true,
        header = "Export the cases as CSV, SARIF 2.1.0 or OCSF findings.",
        description = {
            "",
            "Writes each case with its best match, one after the other: any number of them takes little memory. "
                    + "With weighbridge.sink.link.base set, each has a link to the dashboard.",
            "",
            "Example: weighbridge alerts export --format csv --state NEW,IN_REVIEW --since P7D --out cases.csv",
            ""
        })
final class AlertsExportCommand implements Callable<Integer> {

    /** The forms that it knows. */
    enum Format {
        csv,
        sarif,
        ocsf;

        CaseWriter writer(Writer out, CaseLinks links) throws IOException {
            return switch (this) {
                case csv -> new CaseCsv(out, links);
                case sarif -> new CaseSarif(out, links);
                case ocsf -> new OcsfLines(out, links);
            };
        }
    }

    @Spec
    private CommandSpec command;

    @Mixin
    private ClusterOptions cluster;

    @Option(
            names = "--format",
            required = true,
            paramLabel = "csv|sarif|ocsf",
            description =
                    "csv has a line of names and a line for each case; sarif is one log; ocsf one finding a line.")
    private Format format;

    @Option(
            names = "--since",
            paramLabel = "TIME",
            converter = PastTimeConverter.class,
            description = "Only cases seen at this time or later: 2026-11-30, 2026-11-30T08:00:00Z, or P7D ago.")
    private Instant since;

    @Option(
            names = "--state",
            split = ",",
            paramLabel = "STATE",
            description = "Only cases in these states: ${COMPLETION-CANDIDATES}.")
    private Set<CaseState> states = EnumSet.allOf(CaseState.class);

    @Option(names = "--held", description = "Also cases that raised no alert: quarantined, in shadow mode, disabled.")
    private boolean isHeldToo;

    @Option(
            names = "--out",
            paramLabel = "FILE",
            description = "Write to this file once all is known. Default: stdout.")
    private Path file;

    @Option(names = "--verbose", description = "Show the stack trace of an error.")
    private boolean verbose;

    @Override
    public Integer call() throws IOException {
        if (file == null) {
            export(command.commandLine().getOut());
            return 0;
        }
        try (var out = new ExportFile(file)) {
            try (var writer = out.writer()) {
                export(writer);
            }
            out.finish();
        }
        return 0;
    }

    private void export(Writer out) throws IOException {
        var settings = cluster.settings();
        var links = CaseLinks.of(settings);
        settings.check();
        var connected = Cluster.connect(settings);
        try (var cases = format.writer(out, links)) {
            int changed = connected
                    .reader()
                    .forEachLatest(connected.topics().infringementCases(), entry -> write(cases, entry.value()));
            if (changed > 0) {
                command.commandLine()
                        .getErr()
                        .println(changed + " cases changed while they were read, and are left out.");
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private void write(CaseWriter cases, InfringementCase found) {
        try {
            if (isWanted(found)) {
                cases.write(found);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean isWanted(InfringementCase found) {
        return states.contains(found.getState())
                && (isHeldToo || found.getHeld() == null)
                && (since == null || !found.getLastSeenAt().isBefore(since));
    }
}
