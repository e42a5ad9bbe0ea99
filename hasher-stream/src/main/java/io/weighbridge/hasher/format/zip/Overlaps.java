package io.weighbridge.hasher.format.zip;

import io.weighbridge.hasher.format.ModelFormatException;
import java.util.Collection;
import java.util.Comparator;

/** The check that no byte of an archive belongs to two entries: overlapping entries are how small archives become large. */
final class Overlaps {

    private Overlaps() {}

    static void check(Collection<EntryRange> ranges) throws ModelFormatException {
        EntryRange before = null;
        var sorted = ranges.stream()
                .sorted(Comparator.comparingLong(range -> range.entry().headerOffset()))
                .toList();
        for (var range : sorted) {
            if (before != null && range.entry().headerOffset() < before.dataEnd()) {
                throw ModelFormatException.malformed(
                        "zip entry " + range.entry().name() + " at byte "
                                + range.entry().headerOffset() + ": expected to begin after entry "
                                + before.entry().name() + ", which ends at byte " + before.dataEnd());
            }
            before = range;
        }
    }
}
