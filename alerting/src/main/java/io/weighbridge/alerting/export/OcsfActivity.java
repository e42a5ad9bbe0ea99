package io.weighbridge.alerting.export;

import io.weighbridge.schemas.avro.CaseState;
import io.weighbridge.schemas.avro.InfringementCase;

/** What OCSF says happened to a finding. */
enum OcsfActivity {
    CREATE(1, "Create"),
    UPDATE(2, "Update"),
    CLOSE(3, "Close");

    private final int id;
    private final String caption;

    OcsfActivity(int id, String caption) {
        this.id = id;
        this.caption = caption;
    }

    /** The activity that led to the case as it is. */
    static OcsfActivity of(InfringementCase found) {
        if (found.getState() == CaseState.CLOSED || found.getState() == CaseState.ACTIONED) {
            return CLOSE;
        }
        return found.getOccurrences() == 1 && found.getDecisionCount() == 0 ? CREATE : UPDATE;
    }

    int id() {
        return id;
    }

    String caption() {
        return caption;
    }
}
