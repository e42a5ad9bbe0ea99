package io.weighbridge.hasher;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The bytes of a file that another file names as its own: tensors in data beside a graph, or beside the index of a checkpoint. What nobody names may be a
 * model that nobody looked at.
 */
final class Claims {

    /** Tensors are aligned to pages of up to 64 KiB. */
    private static final long MAX_GAP_BYTES = 1 << 16;

    /** All wider gaps together. */
    private static final long MAX_UNCLAIMED_BYTES = 1 << 20;

    private record Stretch(long offset, long end) {}

    private final List<Stretch> stretches = new ArrayList<>();

    void add(long offset, long length) {
        stretches.add(new Stretch(offset, offset + length));
    }

    /** Whether all of a file is claimed but for padding and little more. */
    boolean cover(long sizeBytes) {
        stretches.sort(Comparator.comparingLong(Stretch::offset));
        long unclaimed = 0;
        long at = 0;
        for (var stretch : stretches) {
            unclaimed += gap(at, stretch.offset);
            at = Math.max(at, stretch.end);
        }
        return !stretches.isEmpty() && unclaimed + gap(at, sizeBytes) < MAX_UNCLAIMED_BYTES;
    }

    private static long gap(long from, long to) {
        return to - from < MAX_GAP_BYTES ? 0 : to - from;
    }
}
