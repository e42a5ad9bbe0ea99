package io.weighbridge.app.feed.cases;

import java.util.List;
import java.util.Optional;

/**
 * Some of the cases that fit a filter.
 *
 * @param total all that fit
 * @param next where the next page starts; empty on the last
 */
public record CasePage(List<CaseRow> rows, long total, Optional<CasePlace> next) {

    public CasePage {
        rows = List.copyOf(rows);
    }
}
