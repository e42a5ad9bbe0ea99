package io.weighbridge.app.feed;

import java.time.Instant;
import org.apache.kafka.common.header.Headers;

/**
 * A record as it was read from a topic.
 *
 * @param value null where the record withdraws its key
 */
public record Entry<V>(String key, V value, Instant timestamp, int partition, long offset, Headers headers) {

    /** Whether the record withdraws its key. */
    public boolean isTombstone() {
        return value == null;
    }
}
