package io.weighbridge.app.http.resource;

import io.weighbridge.app.feed.cases.CaseFilter;
import io.weighbridge.app.feed.cases.CaseOrder;
import io.weighbridge.app.feed.cases.CasePlace;
import io.weighbridge.app.feed.cases.HeldFilter;
import io.weighbridge.app.http.Parameters;
import io.weighbridge.schemas.avro.CaseState;
import io.weighbridge.schemas.avro.HeldReason;
import io.weighbridge.schemas.avro.Severity;
import io.weighbridge.schemas.avro.Verdict;
import java.util.Set;
import java.util.TreeSet;

/** The parameters that say which cases are meant, and in which order. */
final class CaseParameters {

    static final Set<String> FILTERS =
            Set.of("state", "severity", "held", "verdict", "protected", "owner", "uploader", "text", "since", "until");

    private CaseParameters() {}

    /** The filters, and further parameters of one route. */
    static Set<String> filtersAnd(String... others) {
        var all = new TreeSet<>(FILTERS);
        all.addAll(Set.of(others));
        return all;
    }

    /** @param heldByDefault which count where the request does not say */
    static CaseFilter filter(Parameters parameters, HeldFilter heldByDefault) {
        return new CaseFilter(
                parameters.some("state", CaseState.class),
                parameters.some("severity", Severity.class),
                parameters
                        .parsed("held", "none, any, QUARANTINE, SHADOW or DISABLED", CaseParameters::held)
                        .orElse(heldByDefault),
                parameters.some("verdict", Verdict.class),
                parameters.text("protected").orElse(null),
                parameters.text("owner").orElse(null),
                parameters.text("uploader").orElse(null),
                parameters.text("text").orElse(null),
                parameters.time("since").orElse(null),
                parameters.time("until").orElse(null));
    }

    static CaseOrder order(Parameters parameters) {
        return parameters
                .parsed(
                        "sort",
                        "newest, oldest or severity",
                        text -> CaseOrder.of(text).orElse(null))
                .orElse(CaseOrder.NEWEST);
    }

    /** Null for the first page. */
    static CasePlace after(Parameters parameters, CaseOrder order) {
        return parameters
                .parsed(
                        "cursor",
                        "a cursor from an earlier page in the order " + order.text(),
                        text -> CasePlace.fromCursor(text, order))
                .orElse(null);
    }

    private static HeldFilter held(String text) {
        return switch (text) {
            case "none" -> HeldFilter.NONE;
            case "any" -> HeldFilter.ANY;
            default -> new HeldFilter(false, Set.of(HeldReason.valueOf(text)));
        };
    }
}
