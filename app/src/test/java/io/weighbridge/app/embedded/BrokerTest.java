package io.weighbridge.app.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BrokerTest {

    @TempDir
    private Path folder;

    @Test
    void shouldKeepRecordsAcrossARestartOnAnotherPort() throws Exception {
        String first;
        try (Broker broker = Broker.start(folder, 0)) {
            first = broker.bootstrapServers();
            try (var admin = Admin.create(Map.of("bootstrap.servers", first))) {
                admin.createTopics(List.of(new NewTopic("letters", Optional.of(2), Optional.empty())))
                        .all()
                        .get();
            }
            writeInATransaction(first, "a", "b");
        }
        try (Broker broker = Broker.start(folder, 0)) {
            assertThat(broker.bootstrapServers()).isNotEqualTo(first).startsWith("127.0.0.1:");
            writeInATransaction(broker.bootstrapServers(), "c");
            assertThat(read(broker.bootstrapServers(), 3)).containsExactlyInAnyOrder("a", "b", "c");
        }
    }

    @Test
    void shouldRefuseAPortInUseBeforeAnythingStarts() throws IOException {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(() -> Broker.start(folder.resolve("data"), taken.getLocalPort()))
                    .isInstanceOf(BindException.class)
                    .hasMessage("broker port " + taken.getLocalPort()
                            + " of 127.0.0.1: already in use; stop its owner, or choose another");
            assertThat(Files.exists(folder.resolve("data"))).isFalse();
        }
    }

    @Test
    void shouldRefuseAFolderInUse() throws IOException {
        try (var owner = FolderLock.on(folder)) {
            assertThat(owner).isNotNull();
            assertThatThrownBy(() -> Broker.start(folder, 0))
                    .isInstanceOf(IOException.class)
                    .hasMessage("data folder " + folder + ": in use by process "
                            + ProcessHandle.current().pid() + "; stop it, or choose another folder");
            assertThat(Files.exists(folder.resolve("log"))).isFalse();
        }
    }

    @Test
    void shouldFreeTheFolderWhenItCannotStart() throws IOException {
        assertThatThrownBy(() -> Broker.start(folder, 0, Map.of("num.io.threads", "none")))
                .hasMessageContaining("num.io.threads");
        FolderLock.on(folder).close();
    }

    private static void writeInATransaction(String servers, String... values) throws Exception {
        Map<String, Object> config = Map.of("bootstrap.servers", servers, "transactional.id", "writer");
        try (var producer = new KafkaProducer<>(config, new StringSerializer(), new StringSerializer())) {
            producer.initTransactions();
            producer.beginTransaction();
            for (String value : values) {
                producer.send(new ProducerRecord<>("letters", value, value));
            }
            producer.commitTransaction();
        }
    }

    private static List<String> read(String servers, int count) {
        Map<String, Object> config = Map.of(
                "bootstrap.servers", servers, "auto.offset.reset", "earliest", "isolation.level", "read_committed");
        var values = new ArrayList<String>();
        try (var consumer = new KafkaConsumer<>(config, new StringDeserializer(), new StringDeserializer())) {
            consumer.assign(List.of(new TopicPartition("letters", 0), new TopicPartition("letters", 1)));
            for (long start = System.nanoTime(); values.size() < count && System.nanoTime() - start < 30e9; ) {
                consumer.poll(Duration.ofMillis(200)).forEach(record -> values.add(record.value()));
            }
        }
        return values;
    }
}
