package io.weighbridge.app.feed;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.weighbridge.alerting.AlertJson;
import io.weighbridge.alerting.RefJson;
import io.weighbridge.app.feed.cases.CaseRowJson;
import io.weighbridge.schemas.avro.FileScan;
import io.weighbridge.schemas.avro.ModelFile;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Locale;

/** The rows and counts of a {@link LivePicture} as JSON, under the same contract as {@link ScanJson}. Nobody's addresses or tokens are in it. */
public final class PictureJson {

    /** Files shown of an upload in a list; its own page shows all. */
    private static final int FILES_IN_LIST = 20;

    private PictureJson() {}

    /** An upload as one of a list: without codes, its match in short and without single layers. */
    public static ObjectNode ofUpload(UploadRow row) {
        ObjectNode json = head(row);
        json.set("match", match(row));
        var files = json.putArray("files");
        if (row.outcome() == null) {
            limited(row.files()).forEach(file -> files.add(announced(file)));
        } else {
            limited(row.outcome().getFiles())
                    .forEach(file -> files.add(withSize(file).without(List.of("codes", "layers"))));
        }
        return json;
    }

    /** An upload with everything that is known of it. */
    public static ObjectNode ofUploadInFull(UploadRow row) {
        ObjectNode json = head(row);
        json.set("match", match(row));
        var files = json.putArray("files");
        if (row.outcome() == null) {
            row.files().forEach(file -> files.add(announced(file)));
        } else {
            row.outcome().getFiles().forEach(file -> files.add(withSize(file)));
        }
        var alerts = json.putArray("alerts");
        row.alerts().forEach(alert -> alerts.add(AlertJson.of(alert)));
        return json;
    }

    /** A protected model and how far its protection got. */
    public static ObjectNode ofProtected(ProtectedRow row) {
        var model = row.model();
        var scan = row.code() == null ? null : row.code().getFile();
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("id", model.getId());
        json.put("name", model.getName());
        json.put("owner", model.getOwner());
        json.put("file", model.getFile().getPath());
        json.put("isBaseline", model.getIsBaseline());
        json.put("protectedAt", model.getProtectedAt().toString());
        json.put("status", row.status().name());
        json.put(
                "outcome",
                row.outcome() == null ? null : row.outcome().getOutcome().name());
        json.put("reason", row.reason().orElse(null));
        json.put("format", scan == null ? null : scan.getFormat());
        json.put("parameters", scan == null ? null : scan.getParameters());
        json.put("quality", scan == null ? null : scan.getQuality());
        json.put("cases", row.counts().total());
        json.put("mode", row.mode(Instant.now()).name());
        json.set("policy", row.policy() == null ? null : PolicyJson.of(row.policy()));
        json.set("counts", CaseRowJson.of(row.counts()));
        return json;
    }

    /** Counts, coverage and times of the feed, and whether it is up to date. */
    public static ObjectNode ofSummary(LiveFeed feed) {
        ObjectNode json = ofSummary(feed.picture().summary());
        json.put("since", feed.since().toString());
        json.put("caughtUp", feed.isCaughtUp());
        json.put("problem", feed.problem().orElse(null));
        json.put("undecodable", feed.undecodable());
        return json;
    }

    static ObjectNode ofSummary(Summary summary) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        ObjectNode uploads = json.putObject("uploads");
        uploads.put("received", summary.received());
        uploads.put("pending", summary.pending());
        uploads.put("scanned", summary.scanned());
        uploads.put("notScanned", summary.notScanned());
        uploads.put("matched", summary.matched());
        ObjectNode outcomes = uploads.putObject("byOutcome");
        summary.byOutcome().forEach((outcome, count) -> outcomes.put(outcome.name(), count));
        json.put(
                "coverage",
                summary.coverage().isEmpty() ? null : summary.coverage().getAsDouble());
        json.put("cases", summary.cases());
        ObjectNode models = json.putObject("protected");
        summary.protectedModels()
                .forEach((status, count) -> models.put(status.name().toLowerCase(Locale.ROOT), count));
        json.set("uploadToOutcome", times(summary.toOutcome()));
        json.set("uploadToAlert", times(summary.toAlert()));
        return json;
    }

    private static ObjectNode times(Latencies.Percentiles times) {
        boolean isKnown = times.count() > 0;
        return JsonNodeFactory.instance
                .objectNode()
                .put("count", times.count())
                .put("p50Millis", isKnown ? times.p50Millis() : null)
                .put("p95Millis", isKnown ? times.p95Millis() : null)
                .put("maxMillis", isKnown ? times.maxMillis() : null);
    }

    private static ObjectNode head(UploadRow row) {
        ObjectNode json = RefJson.of(row.upload());
        var scan = row.outcome();
        json.put("outcome", scan == null ? null : scan.getOutcome().name());
        json.put("reason", scan == null ? null : scan.getReason());
        json.put("completedAt", scan == null ? null : scan.getCompletedAt().toString());
        json.put("durationMillis", scan == null ? null : scan.getDurationMillis());
        json.put("fileCount", row.paths().count());
        return json;
    }

    private static ObjectNode match(UploadRow row) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("state", row.match().name());
        json.put("alerts", row.alerts().size());
        row.strongest().ifPresent(alert -> {
            ObjectNode numbers = AlertJson.of(alert);
            numbers.remove(List.of("upload", "protectedModel", "occurrenceId"));
            if (numbers.get("layerEvidence") instanceof ObjectNode evidence) {
                evidence.remove("layerMatches");
            }
            json.setAll(numbers);
            json.put("file", alert.getUploadFile().getPath());
            json.set("protectedModel", RefJson.of(alert.getProtectedModel()));
            var alertedAt = row.alertedAt();
            json.put("alertedAt", alertedAt == null ? null : alertedAt.toString());
            json.put(
                    "millisToAlert",
                    alertedAt == null
                            ? null
                            : Math.max(
                                    0,
                                    Duration.between(alert.getMatchedAt(), alertedAt)
                                            .toMillis()));
        });
        return json;
    }

    private static ObjectNode announced(ModelFile file) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("file", file.getPath())
                .put("sizeBytes", file.getSizeBytes())
                .put("sha256", file.getSha256());
    }

    private static ObjectNode withSize(FileScan file) {
        return ScanJson.ofFile(file).put("sizeBytes", file.getSizeBytes());
    }

    private static <T> List<T> limited(Collection<T> files) {
        return files.stream().limit(FILES_IN_LIST).toList();
    }
}
