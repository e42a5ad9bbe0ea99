package io.weighbridge.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weighbridge.schemas.avro.DeadLetter;
import io.weighbridge.schemas.avro.Suppression;
import io.weighbridge.schemas.avro.UploadEvent;
import io.weighbridge.schemas.serde.RegistryUnavailableException;
import java.net.ConnectException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DeadLetterTopologyTest {

    private final Settings settings = TestTopics.mock();
    private final Topics topics = Topics.of(settings);
    private TopologyTestDriver driver = driver(settings);

    @AfterEach
    void close() {
        driver.close();
    }

    @Test
    void shouldKeepAPoisonRecordWholeWithItsCauseAndGoOn() {
        byte[] key = {9, 8, 7};
        byte[] value = "not avro".getBytes(StandardCharsets.UTF_8);
        uploads().pipeInput(key, good());
        uploads().pipeInput(new TestRecord<>(key, value, new RecordHeaders().add("ce_id", new byte[] {1})));
        uploads().pipeInput(key, good());

        assertThat(copies().readValuesToList()).containsExactly(TestRecords.uploadEvent(), TestRecords.uploadEvent());
        TestRecord<String, DeadLetter> record = letters().readRecord();
        assertThat(record.key()).isEqualTo("model-uploads.v1-0-1");
        assertThat(record.headers().lastHeader("ce_id").value()).containsExactly(1);
        DeadLetter letter = record.value();
        assertThat(letter.getTopic()).isEqualTo("model-uploads.v1");
        assertThat(letter.getPartition()).isZero();
        assertThat(letter.getOffset()).isEqualTo(1);
        assertThat(letter.getStage()).isEqualTo("hasher/read-uploads");
        assertThat(letter.getCause())
                .isEqualTo("magic byte at byte 0 of a value of model-uploads.v1: expected 0, got 110");
        assertThat(letter.getKey().array()).isEqualTo(key);
        assertThat(letter.getValue().array()).isEqualTo(value);
        assertThat(letters().isEmpty()).isTrue();
    }

    @Test
    void shouldKeepATruncatedRecordAndOneWithAnUnknownSchema() {
        byte[] good = good();
        byte[] unknown = good.clone();
        unknown[1] = 1;
        uploads().pipeInput(null, Arrays.copyOf(good, 40));
        uploads().pipeInput(null, unknown);
        DeadLetter truncated = letters().readValue();
        assertThat(truncated.getKey()).isNull();
        assertThat(truncated.getCause()).contains("with schema 1 at byte ").contains(" of 40: ");
        assertThat(letters().readValue().getCause())
                .contains("schema id at byte 1")
                .contains("40403");
    }

    @Test
    void shouldKeepARecordThatBelongsOnAnotherTopic() {
        byte[] alert = topics.infringementAlerts()
                .value()
                .serializer()
                .serialize(topics.modelUploads().name(), TestRecords.infringementAlert());
        uploads().pipeInput(null, alert);
        DeadLetter letter = letters().readValue();
        assertThat(letter.getCause())
                .isEqualTo("value of model-uploads.v1: expected a record UploadEvent, got InfringementAlert");
        assertThat(letter.getValue().array()).isEqualTo(alert);
        assertThat(copies().isEmpty()).isTrue();
    }

    @Test
    void shouldSayHowMuchOfAHugeRecordItKept() {
        byte[] huge = new byte[3_000_000];
        new Random(5).nextBytes(huge);
        huge[0] = 1;
        uploads().pipeInput(new byte[] {7}, huge);
        DeadLetter letter = letters().readValue();
        assertThat(letter.getValue().remaining()).isEqualTo(DeadLetterHandler.MOST_BYTES - 1);
        assertThat(letter.getCause()).endsWith("; of the value the first 999999 of 3000000 bytes are kept here");
    }

    @Test
    void shouldStopWithoutADeadLetterWhenTheRegistryIsDown() {
        byte[] good = good();
        driver.close();
        driver = driver(settings.with(Map.of(
                "schema.registry.url", "http://127.0.0.1:1",
                "max.retries", "1",
                "retries.wait.ms", "1")));
        assertThatThrownBy(() -> uploads().pipeInput(null, good))
                .hasStackTraceContaining(ConnectException.class.getName())
                .hasStackTraceContaining(RegistryUnavailableException.class.getName());
        assertThat(driver.producedTopicNames()).isEmpty();
    }

    @Test
    void shouldLeaveARuleAsItWasIfTheNextCannotBeRead() {
        var changes = new AtomicInteger();
        driver.close();
        driver = driver(
                settings,
                builder -> FollowedTopic.keep(builder, topics.suppressions(), "rules", changes::incrementAndGet));
        var rules = driver.createInputTopic(
                topics.suppressions().name(), new StringSerializer(), new ByteArraySerializer());
        byte[] good = topics.suppressions()
                .value()
                .serializer()
                .serialize(topics.suppressions().name(), TestRecords.suppression());
        rules.pipeInput("rule/1", good);
        rules.pipeInput("rule/1", new byte[] {1, 2, 3});
        rules.pipeInput(null, good);
        rules.pipeInput("rule/2", good);

        var kept = driver.<String, Suppression>getKeyValueStore("rules");
        assertThat(kept.get("rule/1")).isEqualTo(TestRecords.suppression());
        assertThat(kept.get("rule/2")).isEqualTo(TestRecords.suppression());
        assertThat(changes).hasValue(2);
        rules.pipeInput("rule/1", null);
        assertThat(kept.get("rule/1")).isNull();
        assertThat(letters().isEmpty()).isTrue();
    }

    private TopologyTestDriver driver(Settings settings) {
        return driver(settings, builder -> {});
    }

    private TopologyTestDriver driver(Settings settings, Consumer<StreamsBuilder> more) {
        var topics = Topics.of(settings);
        var builder = new StreamsBuilder();
        more.accept(builder);
        builder.stream(topics.modelUploads().name(), topics.modelUploads().readAs("read-uploads"))
                .to("copies", topics.modelUploads().writeAs("write-copies"));
        // The test driver clears what an open transaction has sent before it processes a record, and with it the dead
        // letter.
        Settings outsideTransactions = settings.with(Map.of("processing.guarantee", "at_least_once"));
        return new TopologyTestDriver(builder.build(), RoleConfig.of(outsideTransactions, "hasher"));
    }

    private byte[] good() {
        Topic<String, UploadEvent> uploads = topics.modelUploads();
        return uploads.value().serializer().serialize(uploads.name(), TestRecords.uploadEvent());
    }

    private TestInputTopic<byte[], byte[]> uploads() {
        return driver.createInputTopic(
                topics.modelUploads().name(), new ByteArraySerializer(), new ByteArraySerializer());
    }

    private TestOutputTopic<String, UploadEvent> copies() {
        return driver.createOutputTopic(
                "copies",
                topics.modelUploads().key().deserializer(),
                topics.modelUploads().value().deserializer());
    }

    private TestOutputTopic<String, DeadLetter> letters() {
        return driver.createOutputTopic(
                topics.deadLetters().name(),
                topics.deadLetters().key().deserializer(),
                topics.deadLetters().value().deserializer());
    }
}
