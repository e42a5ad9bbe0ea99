package io.weighbridge.app.cli.client;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.weighbridge.alerting.AlertJson;
import io.weighbridge.alerting.BaselineWords;
import io.weighbridge.alerting.LayerWords;
import io.weighbridge.alerting.Odds;
import io.weighbridge.app.cli.ExitCode;
import io.weighbridge.app.cli.Table;
import io.weighbridge.app.client.UploadTracker.Tracked;
import io.weighbridge.schemas.avro.InfringementAlert;
import io.weighbridge.schemas.avro.Outcome;
import io.weighbridge.schemas.avro.ScanOutcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** Uploads and what became of them, for people and for programs. */
public final class UploadReport {

    private UploadReport() {}

    /** The final word on an upload: MATCH, NO_MATCH, or the outcome that kept it from being scanned. */
    public static String verdict(Tracked upload) {
        if (!upload.alerts().isEmpty()) {
            return "MATCH";
        }
        return upload.isScanned() ? "NO_MATCH" : outcomeOf(upload);
    }

    /** The outcome of the scan, or PENDING. */
    public static String outcomeOf(Tracked upload) {
        return upload.outcome().map(ScanOutcome::getOutcome).map(Outcome::name).orElse("PENDING");
    }

    /** One line for an outcome as it arrives. */
    public static String outcomeLine(Tracked upload) {
        String reason = upload.outcome().map(ScanOutcome::getReason).orElse(null);
        return Table.oneLine(String.format(Locale.ROOT, "%-16s %s", outcomeOf(upload), name(upload))
                + (reason == null ? "" : ": " + reason));
    }

    /** One line for an alert as it arrives. */
    public static String alertLine(InfringementAlert alert) {
        return Table.oneLine(String.format(
                Locale.ROOT,
                "%-16s %s is a copy of %s: %s@%d differs in %d of %d bits (threshold %d), confidence %s%s%s",
                "ALERT",
                alert.getUpload().getRepo(),
                alert.getProtectedModel().getId(),
                alert.getAlgorithm(),
                alert.getVersion(),
                alert.getDistanceBits(),
                alert.getBits(),
                alert.getThresholdBits(),
                Odds.confidenceText(alert.getFalseMatchRate()),
                LayerWords.of(alert).map(layers -> ", " + layers).orElse(""),
                BaselineWords.of(alert).map(baseline -> ", " + baseline).orElse("")));
    }

    /** One line an upload, in the order given; of several alerts, the one least likely by chance. */
    public static Table table(List<Tracked> uploads) {
        var table = new Table(
                "upload",
                "outcome",
                "protected model",
                "distance",
                "threshold",
                "confidence",
                "layers",
                "time to alert");
        uploads.forEach(upload -> table.row(row(upload)));
        return table;
    }

    /** The same with a column more, which says of each upload what it is. */
    public static Table table(List<Tracked> uploads, String heading, Function<Tracked, String> what) {
        var table = new Table(
                "upload",
                heading,
                "outcome",
                "protected model",
                "distance",
                "threshold",
                "confidence",
                "layers",
                "time to alert");
        for (Tracked upload : uploads) {
            var cells = new ArrayList<>(Arrays.asList(row(upload)));
            cells.add(1, what.apply(upload));
            table.row(cells.toArray(String[]::new));
        }
        return table;
    }

    /** The same as one object. */
    public static ObjectNode json(Tracked upload) {
        var json = JsonNodeFactory.instance.objectNode();
        json.put("uploadId", upload.event().getId())
                .put("repo", upload.event().getRepo())
                .put("revision", upload.event().getRevision())
                .put("verdict", verdict(upload))
                .put("outcome", outcomeOf(upload));
        upload.outcome().map(ScanOutcome::getReason).ifPresent(reason -> json.put("reason", reason));
        upload.timeToAlert().ifPresent(time -> json.put("timeToAlertMillis", time.toMillis()));
        var alerts = json.putArray("alerts");
        upload.alerts().forEach(alert -> alerts.add(AlertJson.of(alert)));
        return json;
    }

    /** The exit code for several uploads: a match outranks all else. */
    public static int exitCode(List<Tracked> uploads) {
        if (uploads.stream().anyMatch(upload -> !upload.alerts().isEmpty())) {
            return ExitCode.MATCH;
        }
        return ExitCode.worst(uploads.stream()
                .map(upload -> upload.outcome().map(ScanOutcome::getOutcome).orElse(Outcome.FAILED))
                .toList());
    }

    /** Seconds with two decimals. */
    public static String seconds(Duration time) {
        return String.format(Locale.ROOT, "%.2f s", time.toMillis() / 1000.0);
    }

    private static String[] row(Tracked upload) {
        if (upload.alerts().isEmpty()) {
            return new String[] {name(upload), verdict(upload), null, null, null, null, null, null};
        }
        InfringementAlert alert = upload.alerts().get(0);
        return new String[] {
            name(upload),
            "MATCH",
            alert.getProtectedModel().getId(),
            alert.getAlgorithm() + " " + alert.getDistanceBits() + "/" + alert.getBits(),
            Integer.toString(alert.getThresholdBits()),
            Odds.confidenceText(alert.getFalseMatchRate()),
            LayerWords.fraction(alert).orElse(null),
            upload.timeToAlert().map(UploadReport::seconds).orElse(null)
        };
    }

    private static String name(Tracked upload) {
        return upload.event().getRepo();
    }
}
