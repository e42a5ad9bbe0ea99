package io.weighbridge.schemas;

import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Produced;

/**
 * A topic as one value: its name, what its records are, and how it is kept.
 *
 * @param keeping which of its records are kept, and how long
 */
public record Topic<K, V>(String name, Serde<K> key, Serde<V> value, Keeping keeping) {

    /**
     * What {@code message.timestamp.after.max.ms} is of every topic: records are taken whatever their time. By default a broker
     * refuses those that are an hour ahead of its own clock, and a role that cannot write stops.
     */
    public static final String ANY_TIME = Long.toString(Long.MAX_VALUE);

    /** Which records of a topic are kept. */
    public enum Keeping {
        /** All, for the time that the installation sets. */
        FOR_A_TIME,
        /** The last of each key. */
        LAST_OF_KEY,
        /** All, for ever: what people decided and did. */
        FOR_EVER
    }

    /** Whether only the last record of each key is kept. */
    public boolean compacted() {
        return keeping == Keeping.LAST_OF_KEY;
    }

    /** How a topology reads it, under the given node name. */
    public Consumed<K, V> readAs(String node) {
        return Consumed.with(key, value).withName(node);
    }

    /** How a topology writes it, under the given node name. */
    public Produced<K, V> writeAs(String node) {
        return Produced.with(key, value).withName(node);
    }
}
