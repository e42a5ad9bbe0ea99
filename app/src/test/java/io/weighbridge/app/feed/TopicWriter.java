package io.weighbridge.app.feed;

import static org.awaitility.Awaitility.await;

import io.weighbridge.schemas.Settings;
import io.weighbridge.schemas.Topic;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Writes records as a topology does: in transactions, each of which leaves a marker in its partitions. Kafka answers a commit before the
 * markers are written, and readers see nothing until they are; so the end of a transaction here waits for them.
 */
final class TopicWriter implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final KafkaProducer<byte[], byte[]> producer;
    private final Admin admin;
    private TopicPartition written;

    TopicWriter(Settings settings) {
        Map<String, Object> config = new HashMap<>(settings.kafka());
        config.put("transactional.id", UUID.randomUUID().toString());
        producer = new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer());
        producer.initTransactions();
        admin = Admin.create(settings.kafka());
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
        written = new TopicPartition(topic, partition);
        return this;
    }

    TopicWriter commit() {
        producer.commitTransaction();
        return awaitMarker();
    }

    TopicWriter abort() {
        producer.abortTransaction();
        return awaitMarker();
    }

    @Override
    public void close() {
        producer.close();
        admin.close();
    }

    private TopicWriter awaitMarker() {
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(5))
                .until(() -> end(IsolationLevel.READ_COMMITTED) == end(IsolationLevel.READ_UNCOMMITTED));
        return this;
    }

    private long end(IsolationLevel isolation) throws Exception {
        return admin.listOffsets(Map.of(written, OffsetSpec.latest()), new ListOffsetsOptions(isolation))
                .partitionResult(written)
                .get()
                .offset();
    }
}
