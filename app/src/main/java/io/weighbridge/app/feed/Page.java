package io.weighbridge.app.feed;

import java.util.List;
import java.util.Optional;

/**
 * Some rows of a list that is newest first.
 *
 * @param next where the next page starts; empty on the last
 */
public record Page<T>(List<T> rows, Optional<RowKey> next) {

    public Page {
        rows = List.copyOf(rows);
    }
}
