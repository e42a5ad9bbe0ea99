package io.weighbridge.app.chaos.load;

import io.weighbridge.app.client.Cluster;
import io.weighbridge.schemas.TestRecords;
import io.weighbridge.schemas.Topic;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Writes records that nobody can read to the topics that the roles read. */
public final class Poison {

    private static final byte[] KEY = "chaos/poison".getBytes(StandardCharsets.UTF_8);

    private Poison() {}

    /**
     * Writes every kind to every topic, {@code rounds} times, to partitions at random. Each becomes a dead letter, but for those in the topics
     * of rules, which are left out.
     */
    public static void write(Cluster cluster, Ledger ledger, Random random, int rounds) throws InterruptedException {
        Map<String, Object> config = new HashMap<>(cluster.settings().kafka());
        var topics = cluster.topics();
        var targets = List.of(
                topics.modelUploads().name(),
                topics.modelUploadsBackfill().name(),
                topics.protectedModels().name(),
                topics.modelCodes().name(),
                topics.protectedCodes().name(),
                topics.caseDecisions().name());
        var rules = List.of(
                topics.suppressions().name(), topics.protectionPolicies().name());
        byte[] decision = bytesOf(topics.caseDecisions(), TestRecords.caseDecision());
        byte[] suppression = bytesOf(topics.suppressions(), TestRecords.suppression());
        try (var producer = new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer())) {
            for (int round = 0; round < rounds; round++) {
                for (String topic : targets) {
                    for (var sent : sendAll(producer, topic, random, suppression)) {
                        ledger.poisoned(topic, sent.partition(), sent.offset());
                    }
                }
                for (String topic : rules) {
                    sendAll(producer, topic, random, decision);
                }
            }
        } catch (ExecutionException e) {
            throw new KafkaException("writing poison: " + e.getCause().getMessage(), e.getCause());
        }
    }

    private static <V> byte[] bytesOf(Topic<String, V> topic, V value) {
        return topic.value().serializer().serialize(topic.name(), value);
    }

    private static List<RecordMetadata> sendAll(
            Producer<byte[], byte[]> producer, String topic, Random random, byte[] misplaced)
            throws InterruptedException, ExecutionException {
        int partitions = producer.partitionsFor(topic).size();
        var all = new ArrayList<RecordMetadata>();
        for (byte[] value : kinds(random, misplaced)) {
            all.add(producer.send(new ProducerRecord<>(topic, random.nextInt(partitions), KEY, value))
                    .get());
        }
        return all;
    }

    /** Nothing at all; another format; a schema that no registry knows; the first schema, with bytes that are not of it; a record of another topic. */
    private static List<byte[]> kinds(Random random, byte[] misplaced) {
        byte[] noise = new byte[200];
        random.nextBytes(noise);
        noise[0] = 7;
        byte[] unknown = {0, 0x7f, 0, 0, 1, 2, 3};
        byte[] broken = {0, 0, 0, 0, 1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1};
        return List.of(new byte[0], noise, unknown, broken, misplaced);
    }
}
