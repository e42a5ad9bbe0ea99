package io.weighbridge.app.client;

import io.weighbridge.schemas.Topic;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Publishes many records, which are known to be there once {@link #flush} returns. One thread at a time. */
public final class BulkProducer implements AutoCloseable {

    private final KafkaProducer<String, byte[]> producer;
    private final AtomicReference<Exception> failure = new AtomicReference<>();

    public BulkProducer(Cluster cluster) {
        Map<String, Object> config = new HashMap<>(cluster.settings().kafka());
        config.put(ProducerConfig.ACKS_CONFIG, "all");
        config.put(ProducerConfig.LINGER_MS_CONFIG, "2");
        producer = new KafkaProducer<>(config, new StringSerializer(), new ByteArraySerializer());
    }

    /** Sends a record without waiting for the broker. */
    public <V> void send(Topic<String, V> topic, String key, V value, Instant at) {
        send(topic, key, value, at, new RecordHeaders());
    }

    /** Sends a record with headers without waiting for the broker. */
    public <V> void send(Topic<String, V> topic, String key, V value, Instant at, Headers headers) {
        byte[] bytes = topic.value().serializer().serialize(topic.name(), value);
        var record = new ProducerRecord<>(topic.name(), null, at.toEpochMilli(), key, bytes, headers);
        producer.send(record, (sent, problem) -> {
            if (problem != null) {
                failure.compareAndSet(null, problem);
            }
        });
    }

    /**
     * Waits until the broker has all that was sent.
     *
     * @throws KafkaException if it has not taken a record
     */
    public void flush() {
        producer.flush();
        if (failure.get() != null) {
            throw new KafkaException("publishing: " + failure.get().getMessage(), failure.get());
        }
    }

    @Override
    public void close() {
        producer.close();
    }
}
