package io.weighbridge.matcher;

import io.weighbridge.schemas.avro.SubstringMessage;
import java.util.Arrays;
import java.util.TreeMap;

/** An index in a sorted map, for many partitions in one test. */
final class MemoryIndex implements SubstringIndex {

    private final TreeMap<byte[], SubstringMessage> entries = new TreeMap<>(Arrays::compareUnsigned);

    @Override
    public boolean contains(byte[] key) {
        return entries.containsKey(key);
    }

    @Override
    public void put(byte[] key, IndexEntry entry) {
        entries.put(key, entry.message());
    }

    @Override
    public void remove(byte[] key) {
        entries.remove(key);
    }

    @Override
    public void forEach(byte[] prefix, Visitor visitor) {
        for (var entry : entries.tailMap(prefix).entrySet()) {
            byte[] key = entry.getKey();
            if (key.length < prefix.length || !Arrays.equals(key, 0, prefix.length, prefix, 0, prefix.length)) {
                return;
            }
            visitor.visit(key, entry::getValue);
        }
    }

    boolean isEmpty() {
        return entries.isEmpty();
    }
}
