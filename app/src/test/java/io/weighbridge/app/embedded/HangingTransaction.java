package io.weighbridge.app.embedded;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
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

    private final String servers;
    private final TopicPartition partition;
    private final KafkaProducer<byte[], byte[]> producer;

    private HangingTransaction(String servers, TopicPartition partition, KafkaProducer<byte[], byte[]> producer) {
        this.servers = servers;
        this.partition = partition;
        this.producer = producer;
    }

    /** Opens one, and writes a record in it. */
    public static HangingTransaction open(String servers, TopicPartition partition)
            throws ExecutionException, InterruptedException {
        Map<String, Object> config = Map.of("bootstrap.servers", servers, "transactional.id", ID);
        var producer = new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer());
        producer.initTransactions();
        producer.beginTransaction();
        byte[] value = "never seen".getBytes(StandardCharsets.UTF_8);
        producer.send(new ProducerRecord<>(partition.topic(), partition.partition(), null, value))
                .get();
        return new HangingTransaction(servers, partition, producer);
    }

    /** Takes from the coordinator what it knows. */
    public void hang() throws ExecutionException, InterruptedException {
        try (var admin = Admin.create(Map.of("bootstrap.servers", servers))) {
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
        Map<String, Object> config = Map.of("bootstrap.servers", servers, "isolation.level", isolation);
        try (var consumer = new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            return consumer.endOffsets(Set.of(partition)).get(partition);
        }
    }

    /** The producer ends; its transaction does not. */
    @Override
    public void close() {
        producer.close(Duration.ZERO);
    }
}
