package io.weighbridge.app.cli.client;

import io.weighbridge.app.cli.ClusterOptions;
import io.weighbridge.app.cli.CommandException;
import io.weighbridge.app.cli.OutputOptions;
import io.weighbridge.app.client.Cluster;
import io.weighbridge.app.feed.ScanJson;
import io.weighbridge.schemas.avro.FileScan;
import io.weighbridge.schemas.avro.ScanOutcome;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code scans show ID}: one outcome with all of its files. */
@Command(name = "show", mixinStandardHelpOptions = true, header = "Show an outcome with its files and codes.")
final class ScansShowCommand implements Runnable {

    @Mixin
    private OutputOptions output;

    @Mixin
    private ClusterOptions cluster;

    @Parameters(paramLabel = "ID", description = "Upload id, protected model's id, or repository (its newest scan).")
    private String id;

    @Override
    public void run() {
        var connected = Cluster.connect(cluster.settings());
        ScanOutcome scan = connected.reader().readAll(connected.topics().scanOutcomes()).stream()
                .map(entry -> entry.value())
                .filter(this::isMeant)
                .reduce((older, newer) -> newer)
                .orElseThrow(() -> new CommandException(
                        id + ": no outcome yet, or no such id; `weighbridge scans ls` lists them"));
        output.print(ScanJson.of(scan), () -> String.join(System.lineSeparator(), describe(scan)));
    }

    private boolean isMeant(ScanOutcome scan) {
        return scan.getUpload() == null
                ? id.equals(scan.getProtectedModel().getId())
                : id.equals(scan.getUpload().getId())
                        || id.equals(scan.getUpload().getRepo());
    }

    private static List<String> describe(ScanOutcome scan) {
        var lines = new ArrayList<String>();
        if (scan.getUpload() == null) {
            lines.add("protected     " + scan.getProtectedModel().getId());
            lines.add("owner         " + scan.getProtectedModel().getOwner());
        } else {
            lines.add("upload        " + scan.getUpload().getId());
            lines.add("repository    " + scan.getUpload().getHub() + "/"
                    + scan.getUpload().getRepo() + "@" + scan.getUpload().getRevision());
            lines.add("uploader      " + scan.getUpload().getUploader());
        }
        lines.add("outcome       " + scan.getOutcome() + (scan.getReason() == null ? "" : ": " + scan.getReason()));
        lines.add("completed at  " + scan.getCompletedAt() + " (took " + scan.getDurationMillis() + " ms)");
        scan.getFiles().forEach(file -> describe(file, lines));
        return lines;
    }

    private static void describe(FileScan file, List<String> lines) {
        lines.add("file          " + file.getPath() + ": " + file.getOutcome()
                + (file.getReason() == null ? "" : ": " + file.getReason()));
        if (file.getFormat() != null) {
            lines.add("  format      " + file.getFormat() + ", " + file.getTensors() + " tensors, "
                    + file.getParameters() + " parameters, quality " + file.getQuality());
        }
        if (file.getSha256() != null) {
            lines.add("  sha256      " + file.getSha256());
        }
        file.getCodes().forEach(code -> lines.add("  code        " + ScanJson.codeText(code)));
    }
}
