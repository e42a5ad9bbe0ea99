package io.weighbridge.schemas.serde;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DatumWriter;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Serializer;

/**
 * Writes Avro records in the Confluent wire format, registering their schemas under {@code <topic>-value} or {@code <topic>-key}. Can be
 * used by several threads.
 */
public final class ConfluentAvroSerializer<T extends IndexedRecord> implements Serializer<T> {

    static final byte MAGIC = 0;
    static final int HEADER_BYTES = 1 + Integer.BYTES;

    private record Use(String subject, Schema schema) {}

    private final Map<Use, RegistryClient.Registered> known = new ConcurrentHashMap<>();
    private SerdeConfig config;
    private RegistryClient registry;
    private String subjectSuffix;

    /** @throws org.apache.kafka.common.config.ConfigException if a value is wrong */
    @Override
    public void configure(Map<String, ?> configs, boolean isKey) {
        config = SerdeConfig.of(configs, isKey);
        registry = RegistryClient.of(config);
        subjectSuffix = isKey ? "-key" : "-value";
    }

    /**
     * The record's bytes; null for null, which is a tombstone.
     *
     * @throws SerializationException if the registry refuses the schema, or the record does not fit it
     * @throws RegistryUnavailableException if the registry gives no answer
     */
    @Override
    public byte[] serialize(String topic, T record) {
        if (record == null) {
            return null;
        }
        if (registry == null) {
            throw new IllegalStateException("serializer for " + topic + ": configure() was not called");
        }
        var use = new Use(topic + subjectSuffix, record.getSchema());
        RegistryClient.Registered target = known.get(use);
        if (target == null) {
            target = lookUp(use);
            known.put(use, target);
        }
        try {
            return encode(record, target);
        } catch (IOException | RuntimeException e) {
            throw new SerializationException(
                    "record " + use.schema().getFullName() + " for topic " + topic + ": cannot be written as schema "
                            + target.id() + ": " + e.getMessage(),
                    e);
        }
    }

    private RegistryClient.Registered lookUp(Use use) {
        if (config.autoRegister()) {
            return new RegistryClient.Registered(registry.register(use.subject(), use.schema()), use.schema());
        }
        if (config.useLatestVersion()) {
            return registry.latest(use.subject());
        }
        return new RegistryClient.Registered(registry.idOf(use.subject(), use.schema()), use.schema());
    }

    private static byte[] encode(IndexedRecord record, RegistryClient.Registered target) throws IOException {
        var out = new ByteArrayOutputStream(256);
        out.write(MAGIC);
        out.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(target.id()).array());
        boolean fits = target.schema().equals(record.getSchema());
        write(fits ? record : resolved(record, target.schema()), out);
        return out.toByteArray();
    }

    /** The record as another version of its schema has it: fields are matched by name, never by position. */
    private static GenericRecord resolved(IndexedRecord record, Schema target) throws IOException {
        var bytes = new ByteArrayOutputStream(256);
        write(record, bytes);
        var reader = new GenericDatumReader<GenericRecord>(record.getSchema(), target);
        return reader.read(null, DecoderFactory.get().binaryDecoder(bytes.toByteArray(), null));
    }

    private static void write(IndexedRecord record, ByteArrayOutputStream out) throws IOException {
        Schema schema = record.getSchema();
        DatumWriter<IndexedRecord> writer = record instanceof SpecificRecord
                ? new SpecificDatumWriter<>(schema, SpecificData.getForSchema(schema))
                : new GenericDatumWriter<>(schema);
        BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(out, null);
        writer.write(record, encoder);
        encoder.flush();
    }
}
