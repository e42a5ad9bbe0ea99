package io.weighbridge.app.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.weighbridge.schemas.TestRecords;
import io.weighbridge.schemas.Topics;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/**
 * Confluent's Python client (librdkafka) with Avro's Python library reads our records: no line of code is shared with ours. Needs Debian's
 * {@code python3-confluent-kafka}, {@code python3-avro} and {@code python3-requests}; {@code WEIGHBRIDGE_REQUIRE_PEERS=true} turns their absence from a skip into a
 * failure.
 */
class IndependentClientTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String SCRIPT =
            Path.of("src", "test", "python", "read_records.py").toString();
    private static final String IMPORTS = "import avro, confluent_kafka.avro";

    @Test
    void shouldReadEveryRecordTypeWithConfluentsPythonClient() throws Exception {
        String python = python();
        TestCluster cluster = TestCluster.shared();
        String unique = UUID.randomUUID() + "-";
        List<SpecificRecord> records = TestRecords.all();
        var topics = new ArrayList<String>();
        for (int i = 0; i < records.size(); i++) {
            topics.add(unique + i);
        }
        cluster.createTopics(1, topics.toArray(String[]::new));
        write(topics, records);

        var command = new ArrayList<>(List.of(python, SCRIPT, cluster.bootstrapServers(), cluster.registryUrl()));
        command.addAll(topics);
        List<String> lines = run(command);
        assertThat(lines).hasSize(records.size());
        for (String line : lines) {
            JsonNode read = JSON.readTree(line);
            int index = topics.indexOf(read.path("topic").asText());
            assertThat(read.path("key").asText()).isEqualTo("key " + index);
            assertThat(JSON.readTree(read.path("value").toString()))
                    .isEqualTo(JSON.readTree(json(records.get(index)).toString()));
        }
    }

    private static String python() {
        Optional<String> found = Stream.of("/usr/bin/python3", "python3")
                .filter(python -> exitCode(python, "-c", IMPORTS) == 0)
                .findFirst();
        if (found.isEmpty()) {
            String message =
                    "SKIPPED: records were not read with an independent client; install python3-confluent-kafka, "
                            + "python3-avro and python3-requests";
            System.err.println("IndependentClientTest " + message);
            assertThat(System.getenv("WEIGHBRIDGE_REQUIRE_PEERS")).as(message).isNotEqualTo("true");
            Assumptions.abort(message);
        }
        return found.get();
    }

    private static void write(List<String> topics, List<SpecificRecord> records) throws Exception {
        var settings = TestCluster.shared().settings();
        Map<String, Object> config =
                Map.of("bootstrap.servers", TestCluster.shared().bootstrapServers());
        var serializer = Topics.of(settings).<SpecificRecord>avroSerde().serializer();
        try (var producer = new KafkaProducer<>(config, new StringSerializer(), serializer)) {
            for (int i = 0; i < topics.size(); i++) {
                producer.send(new ProducerRecord<>(topics.get(i), "key " + i, records.get(i)))
                        .get();
            }
        }
    }

    private static List<String> run(List<String> command) throws Exception {
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as("exit code of %s", command).isZero();
        return out.lines().toList();
    }

    private static int exitCode(String... command) {
        try {
            return new ProcessBuilder(Arrays.asList(command))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        } catch (IOException e) {
            return -1;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A record as the script prints it. */
    private static JsonNode json(Object value) {
        JsonNodeFactory nodes = JsonNodeFactory.instance;
        if (value instanceof IndexedRecord record) {
            ObjectNode node = nodes.objectNode();
            for (Schema.Field field : record.getSchema().getFields()) {
                node.set(field.name(), json(record.get(field.pos())));
            }
            return node;
        }
        if (value instanceof List<?> list) {
            ArrayNode array = nodes.arrayNode();
            list.forEach(item -> array.add(json(item)));
            return array;
        }
        if (value instanceof ByteBuffer bytes) {
            return nodes.textNode(HexFormat.of().formatHex(bytes.array()));
        }
        if (value instanceof Instant time) {
            return nodes.numberNode(time.toEpochMilli());
        }
        return value instanceof Enum<?> symbol ? nodes.textNode(symbol.name()) : JSON.valueToTree(value);
    }
}
