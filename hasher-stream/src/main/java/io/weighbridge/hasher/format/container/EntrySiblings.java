package io.weighbridge.hasher.format.container;

import io.weighbridge.hasher.format.ByteRange;
import io.weighbridge.hasher.format.Siblings;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The other files of a container, as seen from the folder of one of them. */
record EntrySiblings(String folder, Map<String, ByteRange> entries, Set<String> opened) implements Siblings {

    /** @param opened where the names of those that were asked for are added */
    EntrySiblings {}

    @Override
    public Optional<ByteRange> open(String path) {
        var name = folder + path;
        var found = Optional.ofNullable(entries.get(name));
        found.ifPresent(bytes -> opened.add(name));
        return found;
    }
}
