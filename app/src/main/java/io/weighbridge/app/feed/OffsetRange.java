package io.weighbridge.app.feed;

import java.util.Comparator;

/**
 * A stretch of a partition.
 *
 * @param from first offset
 * @param to offset behind the last
 */
public record OffsetRange(String topic, int partition, long from, long to) implements Comparable<OffsetRange> {

    private static final Comparator<OffsetRange> ORDER =
            Comparator.comparing(OffsetRange::topic).thenComparingInt(OffsetRange::partition);

    /** How many offsets it holds. */
    public long length() {
        return to - from;
    }

    @Override
    public int compareTo(OffsetRange other) {
        return ORDER.compare(this, other);
    }
}
