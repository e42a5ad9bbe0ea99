package io.weighbridge.app.feed;

import io.weighbridge.schemas.Settings;
import io.weighbridge.schemas.Topic;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Writes records as a topology does: in transactions, each of which leaves a marker in its partitions. */
final class TopicWriter implements AutoCloseable {

    private final KafkaProducer<byte[], byte[]> producer;

    TopicWriter(Settings settings) {
        Map<String, Object> config = new HashMap<>(settings.kafka());
        config.put("transactional.id", UUID.randomUUID().toString());
        producer = new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer());
        producer.initTransactions();
    }

    <V> TopicWriter write(Topic<String, V> topic, int partition, Instant time, String key, V value) {
        byte[] bytes = value == null ? null : topic.value().serializer().serialize(topic.name(), value);
        return write(topic.name(), partition, time, key, bytes);
    }

    TopicWriter write(String topic, int partition, Instant time, String key, byte[] value) {
        begin(topic, partition, time, key, value);
        return commit();
    }

    /** Leaves the transaction open. */
    TopicWriter begin(String topic, int partition, Instant time, String key, byte[] value) {
        producer.beginTransaction();
        producer.send(new ProducerRecord<>(
                topic, partition, time.toEpochMilli(), key.getBytes(StandardCharsets.UTF_8), value));
        producer.flush();
        return this;
    }

    TopicWriter commit() {
        producer.commitTransaction();
        return this;
    }

    TopicWriter abort() {
        producer.abortTransaction();
        return this;
    }

    @Override
    public void close() {
        producer.close();
    }
}
