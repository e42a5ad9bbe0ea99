package io.weighbridge.hasher.format.pytorch;

import java.util.LinkedHashMap;
import java.util.Map;

/** A dictionary of a pickle, in its order. Equal only to itself: its values may hold itself. */
final class PyDict {

    private Map<Object, Object> entries = Map.of();

    void put(Object key, Object value) {
        if (entries.isEmpty()) {
            // Most dictionaries of a hostile pickle stay empty; tables are made for others only.
            entries = new LinkedHashMap<>(4);
        }
        entries.put(key, value);
    }

    Map<Object, Object> entries() {
        return entries;
    }
}
