package io.weighbridge.alerting;

import io.weighbridge.schemas.avro.DeadLetter;
import io.weighbridge.schemas.avro.InfringementAlert;
import io.weighbridge.schemas.avro.InfringementCase;
import io.weighbridge.schemas.avro.Suppression;

/** What comes of it. */
sealed interface CaseOutput {

    /** Under the alert id. */
    record Changed(InfringementCase present) implements CaseOutput {}

    /** A match that was held and is an alert from now on; under the alert id. */
    record Released(InfringementAlert alert) implements CaseOutput {}

    /** @param suppression null if the case is no longer dismissed; under the id of the suppression */
    record Dismissal(Suppression suppression) implements CaseOutput {}

    /** Under {@code topic-partition-offset}. */
    record Refused(DeadLetter letter) implements CaseOutput {}
}
