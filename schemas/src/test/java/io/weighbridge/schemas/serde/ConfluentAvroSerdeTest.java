package io.weighbridge.schemas.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weighbridge.schemas.TestRecords;
import io.weighbridge.schemas.TestTopics;
import io.weighbridge.schemas.avro.ModelFile;
import io.weighbridge.schemas.avro.UploadEvent;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Serde;
import org.junit.jupiter.api.Test;

class ConfluentAvroSerdeTest {

    private static final String TOPIC = "model-uploads.v1";

    private final String scope = UUID.randomUUID().toString();

    @Test
    void shouldRoundTripEveryRecord() {
        Serde<SpecificRecord> serde = TestTopics.mockTopics().avroSerde();
        List<SpecificRecord> records = TestRecords.all();
        for (int i = 0; i < records.size(); i++) {
            byte[] bytes = serde.serializer().serialize("topic-" + i, records.get(i));
            assertThat(serde.deserializer().deserialize("topic-" + i, bytes)).isEqualTo(records.get(i));
        }
    }

    @Test
    void shouldWriteMagicByteAndBigEndianId() {
        byte[] bytes = serializer(Map.of()).serialize(TOPIC, TestRecords.uploadEvent());
        assertThat(Arrays.copyOf(bytes, 5)).containsExactly(0, 0, 0, 0, 1);
    }

    @Test
    void shouldPassTombstones() {
        assertThat(serializer(Map.of()).serialize(TOPIC, null)).isNull();
        assertThat(deserializer().deserialize(TOPIC, null)).isNull();
    }

    @Test
    void shouldReadWhatANewerWriterAdded() {
        Schema newer = withField(UploadEvent.getClassSchema(), "licence");
        var upload = new GenericRecordBuilder(newer);
        IndexedRecord sample = TestRecords.uploadEvent();
        for (Schema.Field field : sample.getSchema().getFields()) {
            Object value = sample.get(field.pos());
            upload.set(
                    field.name(), field.name().equals("uploadedAt") ? TestRecords.UPLOADED_AT.toEpochMilli() : value);
        }
        upload.set("licence", "mit");
        byte[] bytes = serializer(Map.of()).serialize(TOPIC, upload.build());
        assertThat(deserializer().deserialize(TOPIC, bytes)).isEqualTo(sample);
    }

    @Test
    void shouldReadGenericRecordsUnlessToldOtherwise() {
        byte[] bytes = serializer(Map.of()).serialize(TOPIC, TestRecords.uploadEvent());
        var generic = new ConfluentAvroDeserializer<GenericRecord>();
        generic.configure(config(Map.of()), false);
        assertThat(generic.deserialize(TOPIC, bytes).get("uploadedAt"))
                .isEqualTo(TestRecords.UPLOADED_AT.toEpochMilli());
    }

    @Test
    void shouldWriteTheLatestVersionWhenAsked() {
        Schema latest = withField(ModelFile.getClassSchema(), "licence");
        MockRegistry.ofScope(scope).register(TOPIC + "-value", latest);
        var serializer = serializer(Map.of("auto.register.schemas", "false", "use.latest.version", "true"));
        byte[] bytes = serializer.serialize(TOPIC, TestRecords.modelFile());
        var generic = new ConfluentAvroDeserializer<GenericRecord>();
        generic.configure(config(Map.of()), false);
        GenericRecord read = generic.deserialize(TOPIC, bytes);
        assertThat(read.getSchema()).isEqualTo(latest);
        assertThat(read.get("licence")).hasToString("none");
        assertThat(read.get("sha256")).hasToString(TestRecords.modelFile().getSha256());
    }

    @Test
    void shouldRefuseToWriteAnUnregisteredSchemaIfItMayNotRegister() {
        var serializer = serializer(Map.of("auto.register.schemas", "false"));
        assertThatThrownBy(() -> serializer.serialize(TOPIC, TestRecords.uploadEvent()))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("model-uploads.v1-value")
                .hasMessageContaining("40401");
    }

    @Test
    void shouldLocateHostileHeaders() {
        assertUnreadable(new byte[0], "got 0 bytes");
        assertUnreadable(new byte[] {0, 0, 0, 0}, "got 4 bytes");
        assertUnreadable(
                "{\"json\": 1}".getBytes(), "magic byte at byte 0 of a value of model-uploads.v1: expected 0, got 123");
        assertUnreadable(new byte[] {0, 0, 0, 1, 0, 9}, "schema id at byte 1 of a value of model-uploads.v1: got 256");
    }

    @Test
    void shouldRefuseASchemaWithoutGeneratedClass() {
        Schema foreign = SchemaBuilder.record("java.lang.Runtime")
                .fields()
                .requiredInt("x")
                .endRecord();
        byte[] bytes = serializer(Map.of())
                .serialize(TOPIC, new GenericRecordBuilder(foreign).set("x", 1).build());
        assertUnreadable(bytes, "java.lang.Runtime, for which there is no generated class");
    }

    @Test
    void shouldRefuseEveryTruncationAndAddition() {
        byte[] whole = serializer(Map.of()).serialize(TOPIC, TestRecords.uploadEvent());
        for (int length = 5; length < whole.length; length++) {
            assertUnreadable(Arrays.copyOf(whole, length), "of " + length);
        }
        assertUnreadable(Arrays.copyOf(whole, whole.length + 1), "expected the end of the record, got 1 more bytes");
    }

    @Test
    void shouldNotAllocateWhatHostileLengthsClaim() {
        serializer(Map.of()).serialize(TOPIC, TestRecords.uploadEvent());
        byte[] twoGigabytes = {0, 0, 0, 0, 1, (byte) 0xfe, (byte) 0xff, (byte) 0xff, (byte) 0xff, 0x0f};
        assertUnreadable(
                twoGigabytes, "at byte 10 of 10: length of string: expected 0 to 0, the bytes left, got 2147483647");
        ByteBuffer items = ByteBuffer.allocate(64).put(new byte[] {0, 0, 0, 0, 1});
        items.put(new byte[] {0, 0, 0, 0, 0, 0, 0}).put(new byte[] {(byte) 0xfe, (byte) 0xff, (byte) 0xff, 0x7f});
        assertUnreadable(items.array(), "items: expected at most");
    }

    @Test
    void shouldSurviveRandomBytesBehindAValidHeader() {
        byte[] whole = serializer(Map.of()).serialize(TOPIC, TestRecords.uploadEvent());
        var deserializer = deserializer();
        for (int seed = 0; seed < 2_000; seed++) {
            byte[] bytes = whole.clone();
            var random = new Random(seed);
            for (int flips = 0; flips <= seed % 8; flips++) {
                bytes[5 + random.nextInt(bytes.length - 5)] = (byte) random.nextInt();
            }
            try {
                deserializer.deserialize(TOPIC, bytes);
            } catch (SerializationException e) {
                assertThat(e).as("seed %d", seed).hasMessageContaining("with schema 1 at byte ");
            }
        }
    }

    @Test
    void shouldRefuseWhatItCannotDoAtConfiguration() {
        assertRefused(Map.of("schema.registry.url", ""), "schema.registry.url: missing");
        assertRefused(Map.of("schema.registry.url", "registry:8081"), "got registry:8081");
        assertRefused(
                Map.of("value.subject.name.strategy", "io.confluent.kafka.serializers.subject.RecordNameStrategy"),
                "value.subject.name.strategy: expected TopicNameStrategy");
        assertRefused(Map.of("auto.register.schemas", "maybe"), "auto.register.schemas: expected true or false");
        assertRefused(Map.of("basic.auth.credentials.source", "SASL_INHERIT"), "got SASL_INHERIT");
        assertRefused(Map.of("basic.auth.credentials.source", "USER_INFO"), "basic.auth.user.info: missing");
        assertRefused(Map.of("schema.registry.ssl.truststore.location", "/x"), "javax.net.ssl.trustStore");
        assertRefused(Map.of("max.retries", "-1"), "max.retries: expected a whole number");
    }

    @Test
    void shouldAcceptConfluentsNameOfTheTopicNameStrategy() {
        var strategy =
                Map.of("value.subject.name.strategy", "io.confluent.kafka.serializers.subject.TopicNameStrategy");
        assertThat(serializer(strategy).serialize(TOPIC, TestRecords.uploadEvent()))
                .isNotEmpty();
    }

    private void assertUnreadable(byte[] bytes, String message) {
        assertThatThrownBy(() -> deserializer().deserialize(TOPIC, bytes))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining(message);
    }

    private void assertRefused(Map<String, String> wrong, String message) {
        assertThatThrownBy(() -> serializer(wrong))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(message);
    }

    private ConfluentAvroSerializer<IndexedRecord> serializer(Map<String, String> more) {
        var serializer = new ConfluentAvroSerializer<IndexedRecord>();
        serializer.configure(config(more), false);
        return serializer;
    }

    private ConfluentAvroDeserializer<SpecificRecord> deserializer() {
        var deserializer = new ConfluentAvroDeserializer<SpecificRecord>();
        deserializer.configure(config(Map.of("specific.avro.reader", "true")), false);
        return deserializer;
    }

    private Map<String, String> config(Map<String, String> more) {
        var config = new TreeMap<>(Map.of("schema.registry.url", "mock://" + scope));
        config.putAll(more);
        return config;
    }

    private static Schema withField(Schema schema, String name) {
        var fields = new ArrayList<Schema.Field>();
        schema.getFields().forEach(field -> fields.add(new Schema.Field(field, field.schema())));
        Schema text = Schema.create(Schema.Type.STRING);
        GenericData.setStringType(text, GenericData.StringType.String);
        fields.add(1, new Schema.Field(name, text, null, "none"));
        return Schema.createRecord(schema.getName(), null, schema.getNamespace(), false, fields);
    }
}
