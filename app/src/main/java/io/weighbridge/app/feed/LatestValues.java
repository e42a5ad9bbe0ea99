package io.weighbridge.app.feed;

import io.weighbridge.schemas.Topic;
import java.util.HashMap;
import java.util.function.Consumer;

/**
 * The last value of each key of a compacted topic, one at a time. The topic is read twice, so that memory holds a key and an offset for each
 * value, and never the values.
 */
final class LatestValues {

    private final AssignedConsumer consumer;
    private final RecordDecoder decoder;

    LatestValues(AssignedConsumer consumer, RecordDecoder decoder) {
        this.consumer = consumer;
        this.decoder = decoder;
    }

    /**
     * Shows every last value up to the present end, in the order of partitions and offsets, withdrawn keys left out.
     *
     * @return how many were not shown, since compaction took them for newer ones while they were read
     */
    <V> int forEach(Topic<String, V> topic, Consumer<Entry<V>> visit) {
        var ends = consumer.ends();
        var beginnings = consumer.beginnings();
        var lastOffsets = new HashMap<String, Long>();
        consumer.seek(beginnings);
        consumer.readTo(ends, raw -> {
            String key = topic.key().deserializer().deserialize(topic.name(), raw.headers(), raw.key());
            if (raw.value() == null) {
                lastOffsets.remove(key);
            } else {
                lastOffsets.put(key, raw.offset());
            }
        });
        consumer.seek(beginnings);
        consumer.readTo(ends, raw -> {
            String key = topic.key().deserializer().deserialize(topic.name(), raw.headers(), raw.key());
            if (lastOffsets.remove(key, raw.offset())) {
                decoder.decode(topic, raw).ifPresent(visit);
            }
        });
        return lastOffsets.size();
    }
}
