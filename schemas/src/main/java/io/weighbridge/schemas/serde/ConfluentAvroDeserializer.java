package io.weighbridge.schemas.serde;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.io.DatumReader;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * Reads Avro records in the Confluent wire format. With {@code specific.avro.reader} they are of the generated class that the writer's
 * schema names, in the version of its fields that this class has; without it, generic records as written. Can be used by several threads.
 */
public final class ConfluentAvroDeserializer<T extends IndexedRecord> implements Deserializer<T> {

    private final Map<Integer, DatumReader<T>> readers = new ConcurrentHashMap<>();
    private SerdeConfig config;
    private RegistryClient registry;

    /** @throws org.apache.kafka.common.config.ConfigException if a value is wrong */
    @Override
    public void configure(Map<String, ?> configs, boolean isKey) {
        config = SerdeConfig.of(configs, isKey);
        registry = RegistryClient.of(config);
    }

    /**
     * The record; null for null, which is a tombstone. Takes memory in proportion to the bytes, whatever lengths they claim.
     *
     * @throws SerializationException if these bytes can never be read; the message says where
     * @throws RegistryUnavailableException if the registry gives no answer; says nothing about the bytes
     */
    @Override
    public T deserialize(String topic, byte[] bytes) {
        if (bytes == null) {
            return null;
        }
        if (registry == null) {
            throw new IllegalStateException("deserializer for " + topic + ": configure() was not called");
        }
        int id = schemaId(topic, bytes);
        DatumReader<T> reader = readers.get(id);
        if (reader == null) {
            reader = reader(topic, id);
            readers.put(id, reader);
        }
        return read(topic, id, reader, bytes);
    }

    private static int schemaId(String topic, byte[] bytes) {
        if (bytes.length < ConfluentAvroSerializer.HEADER_BYTES) {
            throw new SerializationException("value of " + topic + ": expected magic byte and schema id in "
                    + ConfluentAvroSerializer.HEADER_BYTES + " bytes, got " + bytes.length + " bytes");
        }
        if (bytes[0] != ConfluentAvroSerializer.MAGIC) {
            throw new SerializationException(
                    "magic byte at byte 0 of a value of " + topic + ": expected 0, got " + (bytes[0] & 0xff));
        }
        return ByteBuffer.wrap(bytes, 1, Integer.BYTES).getInt();
    }

    private DatumReader<T> reader(String topic, int id) {
        Schema writer;
        try {
            writer = registry.schema(id);
        } catch (RegistryRefusedException e) {
            throw new SerializationException(
                    "schema id at byte 1 of a value of " + topic + ": got " + id + ", which cannot be used: "
                            + e.getMessage(),
                    e);
        }
        if (!config.specificReader()) {
            return new GenericDatumReader<>(writer);
        }
        Class<?> type = generatedClass(writer);
        if (type == null) {
            throw new SerializationException("schema id at byte 1 of a value of " + topic + ": got " + id + ", of "
                    + writer.getFullName() + ", for which there is no generated class");
        }
        Schema expected = SpecificData.get().getSchema(type);
        return new SpecificDatumReader<>(writer, expected, SpecificData.getForSchema(expected));
    }

    /** Null if there is none: a schema is free to name any class, but Avro loads trusted ones only. */
    private static Class<?> generatedClass(Schema writer) {
        try {
            Class<?> type = SpecificData.get().getClass(writer);
            return type != null && SpecificRecord.class.isAssignableFrom(type) ? type : null;
        } catch (SecurityException e) {
            return null;
        }
    }

    private T read(String topic, int id, DatumReader<T> reader, byte[] bytes) {
        var decoder = new BoundedDecoder(bytes, ConfluentAvroSerializer.HEADER_BYTES);
        try {
            T record = reader.read(null, decoder);
            decoder.expectEnd();
            return record;
        } catch (IOException | RuntimeException | StackOverflowError e) {
            String problem = e instanceof StackOverflowError ? "nested too deeply" : String.valueOf(e.getMessage());
            throw new SerializationException(
                    "value of " + topic + " with schema " + id + " at byte " + decoder.position() + " of "
                            + bytes.length + ": " + problem,
                    e);
        }
    }
}
