package io.weighbridge.alerting.export;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.weighbridge.schemas.avro.CaseState;

/** How far a finding has come, in OCSF's words. */
enum OcsfStatus {
    NEW(1, "New"),
    IN_PROGRESS(2, "In Progress"),
    SUPPRESSED(3, "Suppressed"),
    RESOLVED(4, "Resolved");

    private final int id;
    private final String caption;

    OcsfStatus(int id, String caption) {
        this.id = id;
        this.caption = caption;
    }

    static OcsfStatus of(CaseState state) {
        return switch (state) {
            case NEW -> NEW;
            case IN_REVIEW, CONFIRMED, DISPUTED -> IN_PROGRESS;
            case SUPPRESSED -> SUPPRESSED;
            case ACTIONED, CLOSED -> RESOLVED;
        };
    }

    void putInto(ObjectNode json) {
        json.put("status_id", id).put("status", caption);
    }
}
