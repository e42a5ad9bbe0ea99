package io.weighbridge.app.cli.client;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.weighbridge.schemas.avro.ProtectedModel;

/** A protected model as one JSON object. */
final class ProtectedJson {

    private ProtectedJson() {}

    static ObjectNode of(ProtectedModel model) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("id", model.getId())
                .put("name", model.getName())
                .put("owner", model.getOwner())
                .put("path", model.getFile().getPath())
                .put("url", model.getFile().getUrl())
                .put("isBaseline", model.getIsBaseline())
                .put("firstMode", model.getMode().name())
                .put("protectedAt", model.getProtectedAt().toString());
    }

    /** With whether it is in quarantine, and alerts held back; null where that is not known. */
    static ObjectNode of(ProtectedModel model, Quarantine quarantine) {
        return of(model)
                .put("isQuarantined", quarantine.holds(model.getId()))
                .put("heldAlerts", quarantine.held(model.getId()));
    }

    /** For people. */
    static String kind(ProtectedModel model) {
        return model.getIsBaseline() ? "public baseline" : "protected";
    }
}
