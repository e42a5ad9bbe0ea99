package io.weighbridge.app.feed.cases;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.weighbridge.alerting.Odds;
import java.util.Map;

/** Rows, counts and groups of cases as JSON. Field names are a contract: fields are added, never renamed or removed. */
public final class CaseRowJson {

    private CaseRowJson() {}

    /** A case as one of a list. */
    public static ObjectNode of(CaseRow row) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("alertId", row.alertId());
        json.put("version", row.version());
        json.put("state", row.state().name());
        json.put("verdict", textOrNull(row.verdict()));
        json.put("severity", row.severity().name());
        json.put("held", textOrNull(row.held()));
        json.put("firstSeenAt", row.firstSeenAt().toString());
        json.put("lastSeenAt", row.lastSeenAt().toString());
        json.put("stateSince", textOrNull(row.stateSince()));
        json.put("occurrences", row.occurrences());
        json.put("revisionCount", row.revisionCount());
        json.put("suppressedOccurrences", row.suppressedOccurrences());
        putUpload(json, row);
        putEvidence(json, row.evidence());
        return json;
    }

    private static void putUpload(ObjectNode json, CaseRow row) {
        var upload = row.upload();
        json.put("hub", upload.getHub());
        json.put("repo", upload.getRepo());
        json.put("owner", upload.getOwner());
        json.put("uploader", upload.getUploader());
        json.put("revision", upload.getRevision());
        json.put("license", upload.getLicense());
        var model = row.protectedModel();
        json.putObject("protectedModel")
                .put("id", model.getId())
                .put("name", model.getName())
                .put("owner", model.getOwner());
    }

    private static void putEvidence(ObjectNode json, CaseEvidence evidence) {
        boolean isRateKnown = !Double.isNaN(evidence.falseMatchRate());
        json.put("algorithm", evidence.algorithm());
        json.put("distanceBits", evidence.distanceBits());
        json.put("thresholdBits", evidence.thresholdBits());
        json.put("bits", evidence.bits());
        json.put("falseMatchRate", isRateKnown ? evidence.falseMatchRate() : null);
        json.put("oddsOfChance", Odds.ofChance(evidence.falseMatchRate()));
        json.put("marginBits", evidence.marginBits());
        json.put("matchedLayers", evidence.matchedLayers());
        json.put("uploadLayers", evidence.uploadLayers());
        json.put("uploadShare", evidence.uploadShare());
    }

    /** Counts by every kind, zeros too. */
    public static ObjectNode of(CaseCounts counts) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        putAll(json.putObject("byState"), counts.byState());
        putAll(json.putObject("bySeverity"), counts.openBySeverity());
        putAll(json.putObject("byHeld"), counts.byHeld());
        json.put("open", counts.open());
        json.put("total", counts.total());
        return json;
    }

    /** A group of cases. */
    public static ObjectNode of(CaseGroup group) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("key", group.key())
                .put("name", group.name())
                .put("cases", group.cases())
                .put("open", group.open())
                .put("worst", group.worst().name())
                .put("lastSeenAt", group.lastSeenAt().toString());
    }

    private static void putAll(ObjectNode json, Map<? extends Enum<?>, Integer> counts) {
        counts.forEach((kind, count) -> json.put(kind.name(), count));
    }

    private static String textOrNull(Object value) {
        return value == null ? null : value.toString();
    }
}
