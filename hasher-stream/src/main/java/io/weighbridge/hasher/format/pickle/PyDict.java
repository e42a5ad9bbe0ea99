package io.weighbridge.hasher.format.pickle;

import java.util.LinkedHashMap;
import java.util.Map;

/** A dictionary of a pickle, in its order. Equal only to itself: its values may hold itself. */
public final class PyDict {

    private Map<Object, Object> entries = Map.of();

    /** Keys that are no names are equal only to themselves: comparing what a hostile pickle makes up could take for ever. */
    public void put(Object key, Object value) {
        if (entries.isEmpty()) {
            // Most dictionaries of a hostile pickle stay empty; tables are made for others only.
            entries = new LinkedHashMap<>(4);
        }
        boolean isName = key instanceof String || key instanceof Number || key instanceof Boolean;
        entries.put(isName || key instanceof PyObject ? key : new Object(), value);
    }

    public Map<Object, Object> entries() {
        return entries;
    }
}
