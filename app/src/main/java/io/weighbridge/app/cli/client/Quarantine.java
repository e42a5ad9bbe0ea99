package io.weighbridge.app.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.weighbridge.app.cli.OutputOptions;
import io.weighbridge.app.client.Api;
import io.weighbridge.app.client.ApiException;
import java.util.Map;
import java.util.TreeMap;

/** The protected models that match too much to be believed, and how many of their alerts are held back, as the index tells. */
final class Quarantine {

    private final boolean isKnown;
    private final Map<String, Long> heldById = new TreeMap<>();

    private Quarantine(JsonNode status) {
        isKnown = status.path("indexComplete").asBoolean();
        status.path("quarantined")
                .forEach(model -> heldById.merge(
                        model.path("id").asText(), model.path("heldAlerts").asLong(), Long::sum));
    }

    /** Asks the API; if that cannot tell of every model, says so on the error stream. */
    static Quarantine read(Api api, OutputOptions output) throws InterruptedException {
        try {
            var quarantine = new Quarantine(api.get("index"));
            if (!quarantine.isKnown) {
                output.note("quarantine is not known of all models: the index is incomplete, see `weighbridge index"
                        + " status`");
            }
            return quarantine;
        } catch (ApiException e) {
            output.note("quarantine is not known: " + e.getMessage());
            return new Quarantine(MissingNode.getInstance());
        }
    }

    /** Alerts held back; null if the model is not in quarantine, or that is not known. */
    Long held(String id) {
        return heldById.get(id);
    }

    /** {@code true} or {@code false}; null if that is not known. */
    Boolean holds(String id) {
        return heldById.containsKey(id) ? Boolean.TRUE : isKnown ? Boolean.FALSE : null;
    }

    /** For people: how many alerts are held, null if it is not in quarantine, {@code ?} if that is not known. */
    String text(String id) {
        Boolean holds = holds(id);
        if (holds == null) {
            return "?";
        }
        return holds ? "quarantined, " + held(id) + " alerts held" : null;
    }
}
