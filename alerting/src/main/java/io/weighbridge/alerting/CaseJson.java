package io.weighbridge.alerting;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.weighbridge.schemas.avro.CaseDecision;
import io.weighbridge.schemas.avro.InfringementCase;
import io.weighbridge.schemas.avro.Suppression;
import java.util.List;

/** A case, and what belongs to it, as JSON, under the same contract as {@link AlertJson}, which gives the form of its alerts. */
public final class CaseJson {

    private CaseJson() {}

    /** The case, its fields in a fixed order. */
    public static ObjectNode of(InfringementCase infringement) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("alertId", infringement.getAlertId());
        json.put("version", infringement.getVersion());
        json.put("state", infringement.getState().name());
        json.put("stateSince", text(infringement.getStateSince()));
        json.put("verdict", text(infringement.getVerdict()));
        json.put("severity", infringement.getSeverity().name());
        json.set("severityReasons", texts(infringement.getSeverityReasons()));
        json.put("held", text(infringement.getHeld()));
        json.put("firstSeenAt", infringement.getFirstSeenAt().toString());
        json.put("lastSeenAt", infringement.getLastSeenAt().toString());
        json.put("occurrences", infringement.getOccurrences());
        json.put("heldOccurrences", infringement.getHeldOccurrences());
        json.put("suppressedOccurrences", infringement.getSuppressedOccurrences());
        json.put("revisionCount", infringement.getRevisionCount());
        json.set("revisions", texts(infringement.getRevisions()));
        json.set("dismissal", infringement.getDismissal() == null ? null : of(infringement.getDismissal()));
        json.put("decisionCount", infringement.getDecisionCount());
        var decisions = json.putArray("decisions");
        infringement.getDecisions().forEach(decision -> decisions.add(of(decision)));
        json.set("best", AlertJson.of(infringement.getBest()));
        json.set("latest", AlertJson.of(infringement.getLatest()));
        return json;
    }

    /** A decision on its own; the case that it is of is told beside it. */
    public static ObjectNode of(CaseDecision decision) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("id", decision.getId())
                .put("actor", decision.getActor())
                .put("decidedAt", decision.getDecidedAt().toString())
                .put("state", decision.getState().name())
                .put("verdict", text(decision.getVerdict()))
                .put("reason", decision.getReason())
                .put("evidenceVersion", decision.getEvidenceVersion())
                .put("until", text(decision.getUntil()))
                .put("refusal", decision.getRefusal());
    }

    /** A suppression, or what keeps a case dismissed. */
    public static ObjectNode of(Suppression suppression) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("id", suppression.getId());
        json.putObject("scope")
                .put("alertId", suppression.getAlertId())
                .put("hub", suppression.getHub())
                .put("repo", suppression.getRepo())
                .put("owner", suppression.getOwner())
                .put("protectedModelId", suppression.getProtectedModelId());
        return json.put("notCloserThan", suppression.getNotCloserThan())
                .put("protectedSha256", suppression.getProtectedSha256())
                .put("verdict", text(suppression.getVerdict()))
                .put("author", suppression.getAuthor())
                .put("reason", suppression.getReason())
                .put("createdAt", suppression.getCreatedAt().toString())
                .put("expiresAt", text(suppression.getExpiresAt()));
    }

    private static ArrayNode texts(List<String> texts) {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        texts.forEach(array::add);
        return array;
    }

    private static String text(Object value) {
        return value == null ? null : value.toString();
    }
}
