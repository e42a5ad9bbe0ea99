package io.weighbridge.app.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weighbridge.schemas.RoleConfig;
import io.weighbridge.schemas.Settings;
import io.weighbridge.schemas.TestRecords;
import io.weighbridge.schemas.Topics;
import io.weighbridge.schemas.avro.DeadLetter;
import io.weighbridge.schemas.serde.ConfluentAvroDeserializer;
import java.util.Map;
import java.util.UUID;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.pulsar.kafka.shade.io.confluent.kafka.serializers.KafkaAvroDeserializer;
import org.apache.pulsar.kafka.shade.io.confluent.kafka.serializers.KafkaAvroSerializer;
import org.junit.jupiter.api.Test;

/** Our serdes and registry against Confluent's own serializer, version 7.0.1. */
class ConfluentPeerTest {

    private final Settings settings = TestCluster.shared().settings();
    private final String topic = "peer-" + UUID.randomUUID();

    @Test
    void shouldReadAndWriteTheVeryBytesThatConfluentsSerializerDoes() {
        Serde<SpecificRecord> ours = Topics.of(settings).avroSerde();
        for (SpecificRecord record : TestRecords.all()) {
            String name = topic + record.getSchema().getName();
            byte[] written = ours.serializer().serialize(name, record);
            Object read = confluentsDeserializer(settings).deserialize(name, written);
            assertThat(read).hasToString(generic().deserialize(name, written).toString());

            byte[] rewritten = confluentsSerializer().serialize(name, read);
            assertThat(rewritten).as(name).isEqualTo(written);
            assertThat(ours.deserializer().deserialize(name, rewritten)).isEqualTo(record);
        }
    }

    @Test
    void shouldLetConfluentsSerializerRegister() {
        String foreign = topic + "-first-by-confluent";
        byte[] ours = Topics.of(settings)
                .<SpecificRecord>avroSerde()
                .serializer()
                .serialize(topic, TestRecords.uploadEvent());
        Object read = confluentsDeserializer(settings).deserialize(topic, ours);
        assertThat(confluentsSerializer().serialize(foreign, read)).isEqualTo(ours);
        var registry = new RegistryHttp(TestCluster.shared().registryUrl());
        assertThat(registry.get("/subjects/" + foreign + "-value/versions")
                        .body()
                        .toString())
                .isEqualTo("[1]");
    }

    @Test
    void shouldTellAnOutageFromPoisonBehindConfluentsDeserializerToo() {
        byte[] unknownSchema = {0, 0x7f, 0, 0, 0, 1};
        try (var driver = driver(settings)) {
            pipe(driver, unknownSchema);
            DeadLetter letter = driver.createOutputTopic(
                            "dead-letters.v1",
                            Topics.of(settings).deadLetters().key().deserializer(),
                            Topics.of(settings).deadLetters().value().deserializer())
                    .readValue();
            assertThat(letter.getCause()).contains("40403");
            assertThat(letter.getValue().array()).isEqualTo(unknownSchema);
        }
        try (var driver = driver(settings.with(Map.of("schema.registry.url", "http://127.0.0.1:1")))) {
            assertThatThrownBy(() -> pipe(driver, unknownSchema)).hasStackTraceContaining("Connection refused");
            assertThat(driver.producedTopicNames()).isEmpty();
        }
    }

    private void pipe(TopologyTestDriver driver, byte[] value) {
        driver.createInputTopic(topic, new ByteArraySerializer(), new ByteArraySerializer())
                .pipeInput(value);
    }

    private TopologyTestDriver driver(Settings settings) {
        var builder = new StreamsBuilder();
        builder.stream(
                        topic,
                        Consumed.with(
                                        Serdes.ByteArray(),
                                        Serdes.serdeFrom(confluentsSerializer(), confluentsDeserializer(settings)))
                                .withName("read"))
                .foreach((key, value) -> {});
        return new TopologyTestDriver(
                builder.build(), RoleConfig.of(settings.with(Map.of("processing.guarantee", "at_least_once")), "peer"));
    }

    private Serializer<Object> confluentsSerializer() {
        var serializer = new KafkaAvroSerializer();
        serializer.configure(settings.kafka(), false);
        return serializer;
    }

    private static Deserializer<Object> confluentsDeserializer(Settings settings) {
        var deserializer = new KafkaAvroDeserializer();
        deserializer.configure(settings.kafka(), false);
        return deserializer;
    }

    private Deserializer<GenericRecord> generic() {
        var deserializer = new ConfluentAvroDeserializer<GenericRecord>();
        deserializer.configure(settings.kafka(), false);
        return deserializer;
    }
}
