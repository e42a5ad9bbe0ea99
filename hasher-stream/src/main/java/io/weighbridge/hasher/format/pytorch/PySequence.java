package io.weighbridge.hasher.format.pytorch;

import java.util.ArrayList;
import java.util.List;

/** A list, tuple or set of a pickle. Equal only to itself: its items may hold itself. */
final class PySequence {

    private final List<Object> items;

    /** Copies the items. */
    PySequence(List<Object> items) {
        this.items = new ArrayList<>(items);
    }

    List<Object> items() {
        return items;
    }

    Object get(int index) {
        return index < items.size() ? items.get(index) : Opaque.VALUE;
    }
}
