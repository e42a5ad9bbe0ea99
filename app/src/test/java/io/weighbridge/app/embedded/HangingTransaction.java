package io.weighbridge.app.embedded;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TransactionalIdNotFoundException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;

/** A transaction that is open on a partition; it hangs once its coordinator has lost all that it knew. */
public final class HangingTransaction implements AutoCloseable {

    private static final String ID = "somebody";

    private final Map<String, Object> client;
    private final TopicPartition partition;
    private final KafkaProducer<byte[], byte[]> producer;

    private HangingTransaction(
            Map<String, Object> client, TopicPartition partition, KafkaProducer<byte[], byte[]> producer) {
        this.client = client;
        this.partition = partition;
        this.producer = producer;
    }

    /**
     * Opens one, and writes a record in it.
     *
     * @param client how a user who may do all reaches the brokers
     */
    public static HangingTransaction open(Map<String, Object> client, TopicPartition partition)
            throws ExecutionException, InterruptedException {
        var producer = new KafkaProducer<>(
                with(client, "transactional.id", ID), new ByteArraySerializer(), new ByteArraySerializer());
        producer.initTransactions();
        producer.beginTransaction();
        byte[] value = "never seen".getBytes(StandardCharsets.UTF_8);
        producer.send(new ProducerRecord<>(partition.topic(), partition.partition(), null, value))
                .get();
        return new HangingTransaction(client, partition, producer);
    }

    private static Map<String, Object> with(Map<String, Object> client, String name, String value) {
        var config = new HashMap<>(client);
        config.put(name, value);
        return config;
    }

    /** Takes from the coordinator what it knows. */
    public void hang() throws ExecutionException, InterruptedException {
        try (var admin = Admin.create(client)) {
            admin.deleteTopics(Set.of("__transaction_state")).all().get();
            Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> isForgotten(admin));
        }
    }

    private static boolean isForgotten(Admin admin) throws InterruptedException {
        try {
            admin.describeTransactions(Set.of(ID)).all().get();
            return false;
        } catch (ExecutionException e) {
            return e.getCause() instanceof TransactionalIdNotFoundException;
        }
    }

    /** Whether readers of committed records come to the end of the partition. */
    public boolean isPassed() {
        return end("read_committed") == end("read_uncommitted");
    }

    private long end(String isolation) {
        try (var consumer = new KafkaConsumer<>(
                with(client, "isolation.level", isolation), new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            return consumer.endOffsets(Set.of(partition)).get(partition);
        }
    }

    /** The producer ends; its transaction does not. */
    @Override
    public void close() {
        producer.close(Duration.ZERO);
    }
}
