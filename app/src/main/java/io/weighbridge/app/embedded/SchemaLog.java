package io.weighbridge.app.embedded;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.function.BiConsumer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** The compacted topic that holds a registry's state: texts by key, null for what is gone. Has one writer. */
final class SchemaLog implements AutoCloseable {

    /** The name that Confluent's registry uses, too; the records have its form. */
    static final String TOPIC = "_schemas";

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final TopicPartition PARTITION = new TopicPartition(TOPIC, 0);

    private final Map<String, Object> clients;
    private final KafkaProducer<String, String> producer;

    private SchemaLog(Map<String, Object> clients) {
        this.clients = clients;
        producer = new KafkaProducer<>(
                with(Map.of(
                        "client.id", "schema-registry",
                        "acks", "all",
                        "linger.ms", "0",
                        "max.block.ms", "10000",
                        "request.timeout.ms", "5000",
                        "delivery.timeout.ms", "10000")),
                new StringSerializer(),
                new StringSerializer());
    }

    /**
     * @param clients Kafka's settings of clients: where the brokers are, and who this is
     * @throws KafkaException if the topic is missing and cannot be made
     */
    static SchemaLog open(Map<String, Object> clients) {
        createTopic(clients);
        return new SchemaLog(clients);
    }

    private Map<String, Object> with(Map<String, Object> own) {
        var config = new HashMap<>(clients);
        config.putAll(own);
        return config;
    }

    /** Hands over every key and its text, oldest first. */
    void replay(BiConsumer<String, String> reader) {
        var config = with(Map.of(
                "client.id", "schema-registry-replay", "auto.offset.reset", "earliest", "enable.auto.commit", "false"));
        try (var consumer = new KafkaConsumer<>(config, new StringDeserializer(), new StringDeserializer())) {
            consumer.assign(List.of(PARTITION));
            consumer.seekToBeginning(List.of(PARTITION));
            long end = consumer.endOffsets(List.of(PARTITION), PATIENCE).get(PARTITION);
            long deadline = System.nanoTime() + PATIENCE.toNanos();
            while (consumer.position(PARTITION, PATIENCE) < end) {
                consumer.poll(Duration.ofMillis(100)).forEach(record -> reader.accept(record.key(), record.value()));
                if (System.nanoTime() > deadline) {
                    throw new KafkaException("topic " + TOPIC + ": expected to read up to offset " + end + ", got to "
                            + consumer.position(PARTITION));
                }
            }
        }
    }

    /**
     * Writes one entry and returns when it is safe.
     *
     * @throws KafkaException if it may not be
     */
    void append(String key, String value) {
        try {
            producer.send(new ProducerRecord<>(TOPIC, 0, key, value)).get();
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        } catch (ExecutionException e) {
            throw new KafkaException(
                    "topic " + TOPIC + ": cannot be written: " + e.getCause().getMessage(), e.getCause());
        }
    }

    @Override
    public void close() {
        producer.close(Duration.ofSeconds(5));
    }

    private static void createTopic(Map<String, Object> clients) {
        try (var admin = Admin.create(clients)) {
            var topic =
                    new NewTopic(TOPIC, Optional.of(1), Optional.empty()).configs(Map.of("cleanup.policy", "compact"));
            admin.createTopics(List.of(topic)).all().get();
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof TopicExistsException)) {
                throw new KafkaException(
                        "topic " + TOPIC + ": cannot be made: " + e.getCause().getMessage(), e.getCause());
            }
        }
    }
}
