package io.weighbridge.hasher.format.pickle;

import java.util.ArrayList;
import java.util.List;

/** A list, tuple or set of a pickle. Equal only to itself: its items may hold itself. */
public final class PySequence {

    private final List<Object> items;

    /** Copies the items. */
    public PySequence(List<Object> items) {
        this.items = new ArrayList<>(items);
    }

    public List<Object> items() {
        return items;
    }

    public Object get(int index) {
        return index < items.size() ? items.get(index) : Opaque.VALUE;
    }
}
