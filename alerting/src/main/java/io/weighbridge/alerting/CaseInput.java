package io.weighbridge.alerting;

import io.weighbridge.schemas.avro.CaseDecision;
import io.weighbridge.schemas.avro.InfringementAlert;

/** What comes to a case. */
sealed interface CaseInput {

    /** @param alert null if the record had no value */
    record Matched(InfringementAlert alert) implements CaseInput {}

    /** @param decision null if the record had no value */
    record Decided(CaseDecision decision) implements CaseInput {}
}
