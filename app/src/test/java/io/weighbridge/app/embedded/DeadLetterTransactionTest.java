package io.weighbridge.app.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.weighbridge.schemas.RoleConfig;
import io.weighbridge.schemas.Settings;
import io.weighbridge.schemas.TestRecords;
import io.weighbridge.schemas.Topic;
import io.weighbridge.schemas.Topics;
import io.weighbridge.schemas.avro.DeadLetter;
import io.weighbridge.schemas.avro.UploadEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsBuilder;
import org.junit.jupiter.api.Test;

/** What the test driver cannot show: under exactly-once, dead letters are committed with the offsets, even behind nothing else. */
class DeadLetterTransactionTest {

    private final Settings settings = TestCluster.shared().settings();
    private final Topics topics = Topics.of(settings);
    private final String in = "in-" + UUID.randomUUID();
    private final String out = "out-" + UUID.randomUUID();

    @Test
    void shouldCommitDeadLettersAndGoodRecordsUnderExactlyOnce() throws Exception {
        TestCluster.shared().createTopics(1, in, out, topics.deadLetters().name());
        byte[] good = topics.modelUploads().value().serializer().serialize(in, TestRecords.uploadEvent());
        byte[] poison = {1, 2, 3};
        try (var streams = streams()) {
            streams.start();
            write(good, poison, good);
            await().atMost(Duration.ofSeconds(60))
                    .untilAsserted(() -> assertThat(copies()).hasSize(2));
            write(poison);
            await().atMost(Duration.ofSeconds(60))
                    .untilAsserted(() -> assertThat(lettersFromHere()).hasSize(2));
            streams.close(CloseOptions.groupMembershipOperation(CloseOptions.GroupMembershipOperation.LEAVE_GROUP));
        }
        assertThat(lettersFromHere()).extracting(DeadLetter::getOffset).containsExactly(1L, 3L);
        assertThat(copies()).containsExactly(TestRecords.uploadEvent(), TestRecords.uploadEvent());
    }

    private KafkaStreams streams() {
        var builder = new StreamsBuilder();
        var uploads = new Topic<>(in, Serdes.String(), topics.modelUploads().value(), Topic.Keeping.FOR_A_TIME);
        builder.stream(in, uploads.readAs("read")).to(out, uploads.writeAs("write"));
        return new KafkaStreams(builder.build(), RoleConfig.of(settings, "letters"));
    }

    private void write(byte[]... values) throws Exception {
        Map<String, Object> config =
                Map.of("bootstrap.servers", TestCluster.shared().bootstrapServers());
        var bytes = Serdes.ByteArray().serializer();
        try (var producer = new KafkaProducer<>(config, new StringSerializer(), bytes)) {
            for (byte[] value : values) {
                producer.send(new ProducerRecord<>(in, "key", value)).get();
            }
        }
    }

    private List<UploadEvent> copies() {
        return read(out, topics.modelUploads().value().deserializer());
    }

    private List<DeadLetter> lettersFromHere() {
        return read(topics.deadLetters().name(), topics.deadLetters().value().deserializer()).stream()
                .filter(letter -> letter.getTopic().equals(in))
                .toList();
    }

    private static <T> List<T> read(String topic, Deserializer<T> deserializer) {
        Map<String, Object> config = Map.of(
                "bootstrap.servers", TestCluster.shared().bootstrapServers(),
                "auto.offset.reset", "earliest",
                "isolation.level", "read_committed");
        var values = new ArrayList<T>();
        try (var consumer = new KafkaConsumer<>(config, Serdes.String().deserializer(), deserializer)) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(info -> new TopicPartition(topic, info.partition()))
                    .toList();
            consumer.assign(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (partitions.stream().anyMatch(partition -> consumer.position(partition) < ends.get(partition))) {
                consumer.poll(Duration.ofMillis(200)).forEach(record -> values.add(record.value()));
            }
        }
        return values;
    }
}
