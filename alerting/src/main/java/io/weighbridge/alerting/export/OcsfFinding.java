package io.weighbridge.alerting.export;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.weighbridge.alerting.Occurrence;
import io.weighbridge.alerting.message.AlertMessage;
import io.weighbridge.alerting.message.CaseLinks;
import io.weighbridge.schemas.avro.InfringementAlert;
import io.weighbridge.schemas.avro.InfringementCase;
import io.weighbridge.schemas.avro.Severity;
import io.weighbridge.schemas.avro.UploadRef;
import java.time.Instant;

/**
 * Alerts and cases as OCSF {@value #SCHEMA} Detection Findings (class {@value #CLASS}). {@code finding_info.uid} is the case, {@code
 * metadata.uid} the occurrence or the version of the case: the same when it is written again. Times are milliseconds since 1970.
 */
public final class OcsfFinding {

    static final String SCHEMA = "1.5.0";
    static final int CLASS = 2004;

    private static final int CATEGORY = 2;
    private static final int FINGERPRINTING = 5;

    private OcsfFinding() {}

    /** A new finding: time and content depend on the alert alone. */
    public static ObjectNode of(InfringementAlert alert, CaseLinks links) {
        var message = AlertMessage.of(alert);
        ObjectNode json = base(OcsfActivity.CREATE, alert.getMatchedAt(), message.severity());
        json.put("message", message.title());
        OcsfStatus.NEW.putInto(json);
        json.put("is_alert", true);
        json.set("metadata", metadata(alert, Occurrence.of(alert).id()));
        json.set("finding_info", info(alert, message, links).put("created_time", millis(alert.getMatchedAt())));
        json.set("resources", resources(alert));
        json.putArray("evidences").add(OcsfEvidence.of(alert));
        return json;
    }

    /** A finding as it is now, with the evidence of the best match. */
    public static ObjectNode of(InfringementCase found, CaseLinks links) {
        InfringementAlert best = found.getBest();
        var message = AlertMessage.of(best);
        var status = OcsfStatus.of(found.getState());
        ObjectNode json = base(OcsfActivity.of(found), found.getLastSeenAt(), found.getSeverity());
        json.put("message", message.title());
        status.putInto(json);
        json.put("is_alert", status == OcsfStatus.NEW && found.getHeld() == null);
        json.set("metadata", metadata(best, found.getAlertId() + "-" + found.getVersion()));
        json.set("finding_info", info(found, message, links));
        json.set("resources", resources(best));
        json.putArray("evidences").add(OcsfEvidence.of(found));
        json.set("unmapped", unmapped(found));
        return json;
    }

    private static ObjectNode base(OcsfActivity activity, Instant time, Severity severity) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("category_uid", CATEGORY).put("category_name", "Findings");
        json.put("class_uid", CLASS).put("class_name", "Detection Finding");
        json.put("activity_id", activity.id()).put("activity_name", activity.caption());
        json.put("type_uid", CLASS * 100L + activity.id()).put("type_name", "Detection Finding: " + activity.caption());
        json.put("time", millis(time));
        OcsfSeverity.putInto(json, severity);
        return json;
    }

    private static ObjectNode metadata(InfringementAlert alert, String uid) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("version", SCHEMA);
        json.put("uid", uid);
        json.put("correlation_uid", alert.getAlertId());
        json.put("log_name", "infringement-alerts");
        json.putObject("product").put("name", "Weighbridge").put("vendor_name", "Weighbridge");
        return json;
    }

    private static ObjectNode info(InfringementCase found, AlertMessage message, CaseLinks links) {
        return info(found.getBest(), message, links)
                .put("first_seen_time", millis(found.getFirstSeenAt()))
                .put("last_seen_time", millis(found.getLastSeenAt()))
                .put("related_events_count", found.getOccurrences());
    }

    private static ObjectNode info(InfringementAlert alert, AlertMessage message, CaseLinks links) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("uid", alert.getAlertId());
        json.put("title", message.title());
        json.put("desc", description(message));
        json.putArray("types").add("Copy of a protected model");
        json.putArray("data_sources").add(alert.getUpload().getHub());
        json.putObject("analytic")
                .put("uid", alert.getAlgorithm() + "@" + alert.getVersion())
                .put("name", alert.getAlgorithm())
                .put("version", Integer.toString(alert.getVersion()))
                .put("type_id", FINGERPRINTING)
                .put("type", "Fingerprinting");
        links.of(alert.getAlertId()).ifPresent(link -> json.put("src_url", link.toString()));
        return json;
    }

    private static String description(AlertMessage message) {
        var text = new StringBuilder();
        message.facts()
                .forEach(fact -> text.append(fact.name())
                        .append(": ")
                        .append(fact.value())
                        .append(". "));
        return text.toString().strip();
    }

    /** The repository first, then the model that it copies. */
    private static ArrayNode resources(InfringementAlert alert) {
        UploadRef upload = alert.getUpload();
        var model = alert.getProtectedModel();
        ArrayNode resources = JsonNodeFactory.instance.arrayNode();
        resources.add(resource(
                        "Model repository",
                        upload.getHub() + "/" + upload.getRepo(),
                        upload.getRepo(),
                        upload.getOwner())
                .put("version", upload.getRevision()));
        resources.add(resource("Protected model", model.getId(), model.getName(), model.getOwner()));
        return resources;
    }

    private static ObjectNode resource(String type, String uid, String name, String owner) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("type", type).put("uid", uid).put("name", name);
        json.putObject("owner").put("name", owner);
        return json;
    }

    private static ObjectNode unmapped(InfringementCase found) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("state", found.getState().name())
                .put(
                        "verdict",
                        found.getVerdict() == null ? null : found.getVerdict().name())
                .put("held", found.getHeld() == null ? null : found.getHeld().name())
                .put("revision_count", found.getRevisionCount())
                .put("suppressed_occurrences", found.getSuppressedOccurrences());
    }

    private static long millis(Instant time) {
        return time.toEpochMilli();
    }
}
