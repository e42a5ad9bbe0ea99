package io.weighbridge.schemas;

import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Produced;

/**
 * A topic as one value: its name, what its records are, and how it is kept.
 *
 * @param compacted whether only the last record of each key is kept
 */
public record Topic<K, V>(String name, Serde<K> key, Serde<V> value, boolean compacted) {

    /** How a topology reads it, under the given node name. */
    public Consumed<K, V> readAs(String node) {
        return Consumed.with(key, value).withName(node);
    }

    /** How a topology writes it, under the given node name. */
    public Produced<K, V> writeAs(String node) {
        return Produced.with(key, value).withName(node);
    }
}
