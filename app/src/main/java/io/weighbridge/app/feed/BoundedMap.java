package io.weighbridge.app.feed;

import java.util.LinkedHashMap;
import java.util.Map;

/** A map that forgets the oldest key when it holds more than its capacity. */
final class BoundedMap<V> extends LinkedHashMap<String, V> {

    private static final long serialVersionUID = 1L;

    private final int capacity;

    BoundedMap(int capacity) {
        this.capacity = capacity;
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<String, V> eldest) {
        return size() > capacity;
    }
}
