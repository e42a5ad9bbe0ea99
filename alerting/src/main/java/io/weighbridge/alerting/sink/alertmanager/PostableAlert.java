package io.weighbridge.alerting.sink.alertmanager;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.weighbridge.alerting.Occurrence;
import io.weighbridge.alerting.message.AlertMessage;
import io.weighbridge.alerting.message.CaseLinks;
import io.weighbridge.schemas.avro.InfringementAlert;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * An alert in the form of Alertmanager's API v2. Its labels, which are its identity there, name the case and its severity: a further match of
 * a case updates the alert that is there, unless it is of another severity.
 */
record PostableAlert(CaseLinks links, Duration active) {

    private static final String ALERT_NAME = "ProtectedModelMatch";

    /** The array that the API takes, with the one alert. */
    ArrayNode json(InfringementAlert alert, Instant now) {
        var message = AlertMessage.of(alert);
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        // A hub's clock may be ahead of ours, and what starts in the future is refused.
        Instant startsAt = alert.getMatchedAt().isAfter(now) ? now : alert.getMatchedAt();
        json.put("startsAt", startsAt.toString());
        json.put("endsAt", now.plus(active).toString());
        links.of(alert.getAlertId()).ifPresent(link -> json.put("generatorURL", link.toString()));
        json.set("labels", labels(alert, message));
        json.set("annotations", annotations(alert, message));
        return JsonNodeFactory.instance.arrayNode().add(json);
    }

    private static ObjectNode labels(InfringementAlert alert, AlertMessage message) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("alertname", ALERT_NAME)
                .put("alert_id", alert.getAlertId())
                .put("severity", message.severity().name().toLowerCase(Locale.ROOT))
                .put("hub", alert.getUpload().getHub())
                .put("repo", alert.getUpload().getRepo())
                .put("protected_model", alert.getProtectedModel().getId())
                .put("algorithm", alert.getAlgorithm());
    }

    private static ObjectNode annotations(InfringementAlert alert, AlertMessage message) {
        String description = message.facts().stream()
                .map(fact -> fact.name() + ": " + fact.value())
                .collect(Collectors.joining("\n"));
        return JsonNodeFactory.instance
                .objectNode()
                .put("summary", message.title())
                .put("description", description)
                .put("protected_owner", alert.getProtectedModel().getOwner())
                .put("occurrence_id", Occurrence.of(alert).id());
    }
}
