package io.weighbridge.alerting;

import io.weighbridge.schemas.avro.InfringementCase;
import io.weighbridge.schemas.avro.Suppression;
import java.util.Objects;
import java.util.Optional;

/** What others are told of a case's dismissal: those made in the case itself, as suppressions of their own. */
final class Dismissals {

    private Dismissals() {}

    /** The change from one version of a case to the next; empty if there is none. */
    static Optional<CaseOutput.Dismissal> change(InfringementCase before, InfringementCase after) {
        Suppression earlier = before == null ? null : ofCase(before);
        Suppression later = ofCase(after);
        return Objects.equals(earlier, later) ? Optional.empty() : Optional.of(new CaseOutput.Dismissal(later));
    }

    private static Suppression ofCase(InfringementCase known) {
        Suppression dismissal = known.getDismissal();
        return dismissal != null && dismissal.getId().startsWith(AlertRules.CASE) ? dismissal : null;
    }
}
