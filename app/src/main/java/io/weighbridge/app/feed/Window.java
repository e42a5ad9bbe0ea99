package io.weighbridge.app.feed;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;

/** The newest rows by id, a bounded number of them: a new one pushes out the oldest. Not safe for use by many threads. */
final class Window<T> {

    private final int capacity;
    private final Function<T, RowKey> keyOf;
    private final Map<String, T> byId = new HashMap<>();
    private final TreeMap<RowKey, T> newestFirst = new TreeMap<>();

    Window(int capacity, Function<T, RowKey> keyOf) {
        this.capacity = capacity;
        this.keyOf = keyOf;
    }

    Optional<T> get(String id) {
        return Optional.ofNullable(byId.get(id));
    }

    /** Adds the row, or replaces the one with its id. */
    void put(T row) {
        var key = keyOf.apply(row);
        remove(key.id());
        byId.put(key.id(), row);
        newestFirst.put(key, row);
        if (byId.size() > capacity) {
            byId.remove(newestFirst.pollLastEntry().getKey().id());
        }
    }

    void remove(String id) {
        var old = byId.remove(id);
        if (old != null) {
            newestFirst.remove(keyOf.apply(old));
        }
    }

    /** At most {@code limit} rows, those after {@code after}, or from the newest on if it is null. */
    Page<T> page(int limit, RowKey after) {
        return page(limit, after, row -> true);
    }

    /** The same, of the rows that fit. */
    Page<T> page(int limit, RowKey after, Predicate<T> fits) {
        var rest = after == null ? newestFirst : newestFirst.tailMap(after, false);
        var rows = new ArrayList<T>();
        for (T row : rest.values()) {
            if (!fits.test(row)) {
                continue;
            }
            if (rows.size() == limit) {
                return new Page<>(rows, Optional.of(keyOf.apply(rows.get(limit - 1))));
            }
            rows.add(row);
        }
        return new Page<>(rows, Optional.empty());
    }

    /** How many rows fit. */
    long count(Predicate<T> fits) {
        return byId.values().stream().filter(fits).count();
    }

    int size() {
        return byId.size();
    }
}
