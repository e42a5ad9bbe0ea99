package io.weighbridge.app.replay;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.weighbridge.alerting.AlertJson;
import io.weighbridge.schemas.avro.InfringementAlert;
import java.time.Instant;
import java.util.Comparator;

/**
 * An alert, told apart from others by what was compared: files and algorithm, whatever the algorithm's version.
 *
 * @param matchedAt event time
 * @param key alert id, upload, file and algorithm
 */
record FoundAlert(Instant matchedAt, String key, InfringementAlert alert) {

    static final Comparator<FoundAlert> ORDER =
            Comparator.comparing(FoundAlert::matchedAt).thenComparing(FoundAlert::key);

    /** Whether it was held in quarantine, or by the mode of its model, makes it no other alert. */
    static FoundAlert of(InfringementAlert alert) {
        String key = String.join(
                " ",
                alert.getAlertId(),
                alert.getUpload().getId(),
                alert.getAlgorithm(),
                alert.getUploadFile().getPath(),
                alert.getProtectedModel().getProtectedAt().toString());
        return new FoundAlert(alert.getMatchedAt(), key, alert);
    }

    ObjectNode json() {
        return AlertJson.of(InfringementAlert.newBuilder(alert).setHeld(null).build());
    }
}
