package io.weighbridge.hasher;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.Serializer;

/**
 * The place of a request in the pending store: all requests of a model side by side, in the order they came.
 *
 * <pre>
 * 0 length n of the model's key | 4 the key, UTF-8 | 4+n sequence       big-endian
 * </pre>
 *
 * <p>The length comes first so that no key can be taken for the beginning of another.
 *
 * @param model {@code hub/repo}, or the id of a protected model
 * @param sequence 0 or more, growing with every request of the task
 */
record PendingKey(String model, long sequence) {

    /** Before every key: that of the empty name. */
    static final PendingKey FIRST = new PendingKey("", 0);

    PendingKey {
        if (sequence < 0) {
            throw new IllegalArgumentException("sequence of " + model + ": expected 0 or more, got " + sequence);
        }
    }

    static PendingKey firstOf(String model) {
        return new PendingKey(model, 0);
    }

    /** Behind every request of the model, before those of any other. */
    static PendingKey lastOf(String model) {
        return new PendingKey(model, Long.MAX_VALUE);
    }

    static Serde<PendingKey> serde() {
        Serializer<PendingKey> serializer = (topic, key) -> key == null ? null : key.toBytes();
        Deserializer<PendingKey> deserializer = (topic, bytes) -> bytes == null ? null : fromBytes(bytes);
        return Serdes.serdeFrom(serializer, deserializer);
    }

    private byte[] toBytes() {
        byte[] name = model.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(Integer.BYTES + name.length + Long.BYTES)
                .putInt(name.length)
                .put(name)
                .putLong(sequence)
                .array();
    }

    private static PendingKey fromBytes(byte[] bytes) {
        var in = ByteBuffer.wrap(bytes);
        int nameBytes = bytes.length < Integer.BYTES ? -1 : in.getInt();
        if (nameBytes < 0 || nameBytes != bytes.length - Integer.BYTES - Long.BYTES) {
            throw new SerializationException(
                    "length of the model's key at byte 0: got " + nameBytes + " in " + bytes.length + " bytes");
        }
        String model = new String(bytes, Integer.BYTES, nameBytes, StandardCharsets.UTF_8);
        return new PendingKey(model, in.getLong(Integer.BYTES + nameBytes));
    }
}
