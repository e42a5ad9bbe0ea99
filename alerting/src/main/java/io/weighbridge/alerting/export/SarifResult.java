package io.weighbridge.alerting.export;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.weighbridge.alerting.message.AlertMessage;
import io.weighbridge.alerting.message.CaseLinks;
import io.weighbridge.schemas.avro.CaseDecision;
import io.weighbridge.schemas.avro.CaseState;
import io.weighbridge.schemas.avro.InfringementCase;
import io.weighbridge.schemas.avro.Severity;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A case as a result of SARIF 2.1.0. */
final class SarifResult {

    private static final String RULE = "protected-model-match";
    private static final String FINGERPRINT = "weighbridge/alertId";

    private SarifResult() {}

    /** What found the results, with its one rule. */
    static ObjectNode tool() {
        ObjectNode tool = JsonNodeFactory.instance.objectNode();
        ObjectNode rule = tool.putObject("driver")
                .put("name", "Weighbridge")
                .putArray("rules")
                .addObject();
        rule.put("id", RULE).put("name", "ProtectedModelMatch");
        rule.putObject("shortDescription").put("text", "Weights that match a protected model.");
        rule.putObject("fullDescription")
                .put(
                        "text",
                        "The perceptual hash of an uploaded model's weights is nearer to that of a protected model than"
                                + " unrelated models come by chance.");
        rule.putObject("defaultConfiguration").put("level", "error");
        return tool;
    }

    static ObjectNode of(InfringementCase found, CaseLinks links) {
        var message = AlertMessage.of(found.getBest());
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("ruleId", RULE).put("ruleIndex", 0).put("level", level(found.getSeverity()));
        json.putObject("message").put("text", text(message));
        json.putArray("locations").addObject().set("physicalLocation", location(found));
        json.putObject("fingerprints").put(FINGERPRINT, found.getAlertId());
        json.put("occurrenceCount", found.getOccurrences());
        json.putObject("provenance")
                .put("firstDetectionTimeUtc", found.getFirstSeenAt().toString())
                .put("lastDetectionTimeUtc", found.getLastSeenAt().toString());
        links.of(found.getAlertId()).ifPresent(link -> json.put("hostedViewerUri", link.toString()));
        addSuppression(json, found);
        json.set("properties", properties(found));
        return json;
    }

    private static String level(Severity severity) {
        return switch (severity) {
            case CRITICAL, HIGH -> "error";
            case MEDIUM -> "warning";
            case LOW, INFO -> "note";
        };
    }

    private static String text(AlertMessage message) {
        return Stream.concat(
                        Stream.of(message.title() + "."),
                        message.facts().stream().map(fact -> fact.name() + ": " + fact.value()))
                .collect(Collectors.joining("\n"));
    }

    /** Hub, repository and path, as a relative reference. */
    private static ObjectNode location(InfringementCase found) {
        var best = found.getBest();
        String path = best.getUpload().getHub() + "/" + best.getUpload().getRepo() + "/"
                + best.getUploadFile().getPath();
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.putObject("artifactLocation")
                .put(
                        "uri",
                        List.of(path.split("/")).stream()
                                .map(SarifResult::encoded)
                                .collect(Collectors.joining("/")));
        return json;
    }

    /** A part of a path; dots are encoded where they would stand for a folder. */
    private static String encoded(String part) {
        return part.matches("\\.{1,2}")
                ? part.replace(".", "%2E")
                : URLEncoder.encode(part, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** An external suppression, if people or rules decided that nobody need act on the case. */
    private static void addSuppression(ObjectNode json, InfringementCase found) {
        boolean isDismissed = found.getState() == CaseState.SUPPRESSED || found.getVerdict() != null;
        if (isDismissed) {
            ObjectNode suppression = json.putArray("suppressions").addObject();
            suppression.put("kind", "external").put("status", "accepted").put("justification", justification(found));
        }
    }

    private static String justification(InfringementCase found) {
        String verdict = found.getVerdict() == null
                ? found.getState().name()
                : found.getVerdict().name();
        List<CaseDecision> decisions = found.getDecisions();
        return decisions.isEmpty()
                ? verdict
                : verdict + ": " + decisions.get(decisions.size() - 1).getReason();
    }

    private static ObjectNode properties(InfringementCase found) {
        var best = found.getBest();
        return JsonNodeFactory.instance
                .objectNode()
                .put("state", found.getState().name())
                .put("severity", found.getSeverity().name())
                .put("revision", best.getUpload().getRevision())
                .put("revisionCount", found.getRevisionCount())
                .put("sha256", best.getUploadFile().getSha256())
                .put("protectedModelId", best.getProtectedModel().getId())
                .put("protectedModelOwner", best.getProtectedModel().getOwner())
                .put("algorithm", best.getAlgorithm() + "@" + best.getVersion())
                .put("distanceBits", best.getDistanceBits())
                .put("thresholdBits", best.getThresholdBits())
                .put("bits", best.getBits());
    }
}
