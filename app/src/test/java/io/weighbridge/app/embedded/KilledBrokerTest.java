package io.weighbridge.app.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.ProducerState;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A broker on the folder of one that was killed. What a kill leaves is what a copy finds while the broker runs: files as they are, nothing closed. */
class KilledBrokerTest {

    private static final TopicPartition LETTERS = new TopicPartition("letters", 0);
    private static final Duration LONG = Duration.ofSeconds(60);

    @TempDir
    private Path folder;

    /** The controller would wait so long for the broker that was killed. */
    private static final Map<String, String> SESSION = Map.of("broker.session.timeout.ms", "600000");

    /** It is given up while the broker starts, which is when Kafka forgets transactions if a session ends then. */
    @Test
    @Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void shouldNotWaitForTheSessionThatWasKilledAndEndItsTransactions() throws Exception {
        Path killed = folder.resolve("killed");
        try (var broker = Broker.start(folder.resolve("alive"), 0, SESSION);
                var producer = producerOf(broker)) {
            createLetters(broker);
            producer.initTransactions();
            producer.beginTransaction();
            producer.send(new ProducerRecord<>("letters", "half")).get();
            copy(folder.resolve("alive"), killed);
            producer.abortTransaction();
        }

        try (var broker = Broker.start(killed, 0, SESSION);
                var admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            await().atMost(LONG).until(() -> isEnded(admin));
            assertThat(endOf(broker, "read_committed")).isEqualTo(2);
        }
    }

    @Test
    void shouldStartOnAFolderThatIsKilledAgainAndAgain() throws Exception {
        Path last = folder.resolve("0");
        for (int i = 1; i <= 3; i++) {
            Path next = folder.resolve(Integer.toString(i));
            try (var broker = Broker.start(last, 0);
                    var producer = producerOf(broker)) {
                if (i == 1) {
                    createLetters(broker);
                }
                producer.initTransactions();
                producer.beginTransaction();
                producer.send(new ProducerRecord<>("letters", "letter " + i)).get();
                producer.commitTransaction();
                long end = 2L * i;
                await().atMost(LONG).until(() -> endOf(broker, "read_committed") == end);
                copy(last, next);
            }
            last = next;
        }
        try (var broker = Broker.start(last, 0)) {
            assertThat(endOf(broker, "read_committed")).isEqualTo(6);
        }
    }

    private static boolean isEnded(Admin admin) throws Exception {
        List<ProducerState> producers = admin.describeProducers(Set.of(LETTERS))
                .partitionResult(LETTERS)
                .get()
                .activeProducers();
        assertThat(producers).hasSize(1);
        return producers.get(0).currentTransactionStartOffset().isEmpty();
    }

    private static void createLetters(Broker broker) throws Exception {
        try (var admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            admin.createTopics(List.of(new NewTopic(LETTERS.topic(), Optional.of(1), Optional.empty())))
                    .all()
                    .get();
        }
    }

    private static KafkaProducer<String, String> producerOf(Broker broker) {
        Map<String, Object> config = Map.of(
                "bootstrap.servers", broker.bootstrapServers(),
                "transactional.id", "writer",
                "transaction.timeout.ms", "1000");
        return new KafkaProducer<>(config, new StringSerializer(), new StringSerializer());
    }

    /** What a reader can come to. */
    private static long endOf(Broker broker, String isolation) {
        Map<String, Object> config =
                Map.of("bootstrap.servers", broker.bootstrapServers(), "isolation.level", isolation);
        try (var consumer = new KafkaConsumer<>(config, new StringDeserializer(), new StringDeserializer())) {
            return consumer.endOffsets(Set.of(LETTERS)).get(LETTERS);
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (var files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(from.relativize(file).toString()));
            }
        }
    }
}
