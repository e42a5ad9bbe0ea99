package io.weighbridge.app.feed;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.weighbridge.schemas.avro.ProtectionPolicy;

/** A protection policy as JSON, the same on the command line and in the API. */
public final class PolicyJson {

    private PolicyJson() {}

    public static ObjectNode of(ProtectionPolicy policy) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("mode", policy.getMode().name());
        json.put(
                "disabledUntil",
                policy.getDisabledUntil() == null
                        ? null
                        : policy.getDisabledUntil().toString());
        var owners = json.putArray("authorisedOwners");
        policy.getAuthorisedOwners().forEach(owners::add);
        var licenses = json.putArray("authorisedLicenses");
        policy.getAuthorisedLicenses().forEach(licenses::add);
        json.put("changedBy", policy.getChangedBy());
        json.put("reason", policy.getReason());
        json.put("changedAt", policy.getChangedAt().toString());
        return json;
    }
}
