package io.weighbridge.alerting;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.weighbridge.schemas.avro.InfringementCase;

/** A case as JSON, under the same contract as {@link AlertJson}, which gives the form of its alerts. */
public final class CaseJson {

    private CaseJson() {}

    /** The case, its fields in a fixed order. */
    public static ObjectNode of(InfringementCase infringement) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("alertId", infringement.getAlertId());
        json.put("firstSeenAt", infringement.getFirstSeenAt().toString());
        json.put("lastSeenAt", infringement.getLastSeenAt().toString());
        json.put("occurrences", infringement.getOccurrences());
        json.put("revisionCount", infringement.getRevisionCount());
        var revisions = json.putArray("revisions");
        infringement.getRevisions().forEach(revisions::add);
        json.set("best", AlertJson.of(infringement.getBest()));
        json.set("latest", AlertJson.of(infringement.getLatest()));
        return json;
    }
}
