package io.weighbridge.app.sink;

import io.weighbridge.app.embedded.Broker;
import io.weighbridge.schemas.Settings;
import io.weighbridge.schemas.TestRecords;
import io.weighbridge.schemas.TestTopics;
import io.weighbridge.schemas.Topics;
import io.weighbridge.schemas.avro.DeadLetter;
import io.weighbridge.schemas.avro.InfringementAlert;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** A broker with the alerts and dead-letters topics, and the means to fill and read them. */
final class AlertBroker implements AutoCloseable {

    private static final int PARTITIONS = 3;

    private final Broker broker;
    private final Settings settings;
    private final Topics topics;
    private final Admin admin;
    private final KafkaProducer<String, byte[]> producer;

    private AlertBroker(Broker broker) {
        this.broker = broker;
        settings = TestTopics.mock().with(Map.of("bootstrap.servers", broker.bootstrapServers()));
        topics = Topics.of(settings);
        admin = Admin.create(clientConfig());
        producer = new KafkaProducer<>(clientConfig(), new StringSerializer(), new ByteArraySerializer());
    }

    static AlertBroker start(Path folder) throws Exception {
        var broker = new AlertBroker(Broker.start(folder, 0));
        broker.admin
                .createTopics(broker.topics.all().stream()
                        .map(topic -> new NewTopic(
                                topic.name(),
                                Optional.of(topic.name().equals(broker.alertsTopic()) ? PARTITIONS : 1),
                                Optional.empty()))
                        .toList())
                .all()
                .get();
        return broker;
    }

    /** A consumer group of a sink that has read everything so far, of an installation of its own. */
    AlertGroup newGroup(String sink) throws Exception {
        return groupOf("test-" + UUID.randomUUID(), sink);
    }

    /** The same, of the installation with this prefix. */
    AlertGroup groupOf(String prefix, String sink) throws Exception {
        String group = prefix + "-sink-" + sink;
        var ends = new HashMap<TopicPartition, OffsetAndMetadata>();
        endOffsets().forEach((partition, end) -> ends.put(partition, new OffsetAndMetadata(end)));
        admin.alterConsumerGroupOffsets(group, ends).all().get();
        return new AlertGroup(
                this,
                admin,
                group,
                settings.with(Map.of("weighbridge.application.prefix", prefix, "heartbeat.interval.ms", "300")),
                ends(deadLetterPartition()).get(deadLetterPartition()));
    }

    void send(InfringementAlert alert) throws Exception {
        sendBytes(alert.getAlertId(), bytes(alert));
    }

    void sendBytes(String key, byte[] value) throws Exception {
        producer.send(new ProducerRecord<>(alertsTopic(), key, value)).get();
    }

    void sendAndAbort(InfringementAlert alert) throws Exception {
        var config = clientConfig();
        config.put("transactional.id", UUID.randomUUID().toString());
        try (var transactional = new KafkaProducer<>(config, new StringSerializer(), new ByteArraySerializer())) {
            transactional.initTransactions();
            transactional.beginTransaction();
            transactional
                    .send(new ProducerRecord<>(alertsTopic(), alert.getAlertId(), bytes(alert)))
                    .get();
            transactional.abortTransaction();
        }
    }

    /** A record of another class in the same wire format. */
    byte[] bytesOfAnotherRecord() {
        return topics.modelUploads().value().serializer().serialize(alertsTopic(), TestRecords.uploadEvent());
    }

    InfringementAlert alertIn(DeadLetter letter) {
        byte[] bytes = new byte[letter.getValue().remaining()];
        letter.getValue().duplicate().get(bytes);
        return topics.infringementAlerts().value().deserializer().deserialize(alertsTopic(), bytes);
    }

    /** The dead letters since the group was made. */
    List<DeadLetter> deadLettersOf(AlertGroup group) throws Exception {
        var partition = deadLetterPartition();
        long end = ends(partition).get(partition);
        var letters = new ArrayList<DeadLetter>();
        try (var consumer = new KafkaConsumer<>(
                clientConfig(),
                new StringDeserializer(),
                Topics.of(settings).deadLetters().value().deserializer())) {
            consumer.assign(List.of(partition));
            consumer.seek(partition, group.firstDeadLetter());
            while (consumer.position(partition) < end) {
                consumer.poll(Duration.ofMillis(200)).forEach(record -> letters.add(record.value()));
            }
        }
        return letters;
    }

    Map<TopicPartition, Long> endOffsets() throws Exception {
        return ends(IntStream.range(0, PARTITIONS)
                .mapToObj(i -> new TopicPartition(alertsTopic(), i))
                .toArray(TopicPartition[]::new));
    }

    @Override
    public void close() throws IOException {
        producer.close();
        admin.close();
        broker.close();
    }

    private Map<TopicPartition, Long> ends(TopicPartition... partitions) throws Exception {
        var latest = new HashMap<TopicPartition, OffsetSpec>();
        for (var partition : partitions) {
            latest.put(partition, OffsetSpec.latest());
        }
        var ends = new HashMap<TopicPartition, Long>();
        for (Map.Entry<TopicPartition, ListOffsetsResultInfo> end :
                admin.listOffsets(latest).all().get().entrySet()) {
            ends.put(end.getKey(), end.getValue().offset());
        }
        return ends;
    }

    private byte[] bytes(InfringementAlert alert) {
        return topics.infringementAlerts().value().serializer().serialize(alertsTopic(), alert);
    }

    private String alertsTopic() {
        return topics.infringementAlerts().name();
    }

    private TopicPartition deadLetterPartition() {
        return new TopicPartition(topics.deadLetters().name(), 0);
    }

    private Map<String, Object> clientConfig() {
        return new HashMap<>(Map.of("bootstrap.servers", broker.bootstrapServers()));
    }
}
