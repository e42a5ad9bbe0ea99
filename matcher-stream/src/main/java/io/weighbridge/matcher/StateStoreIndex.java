package io.weighbridge.matcher;

import io.weighbridge.schemas.avro.SubstringMessage;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.kafka.common.serialization.BytesSerializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * The index in two state stores: the entries under {@link EntryKey}, values as Avro; and, so that old uploads are found without reading all,
 * a list of uploads by time, keys {@code uploadedAt, 8 bytes, big-endian | key of the entry}.
 */
final class StateStoreIndex implements SubstringIndex {

    private static final byte[] NOTHING = {};

    private final KeyValueStore<Bytes, byte[]> entries;
    private final KeyValueStore<Bytes, byte[]> uploadsByTime;
    private final Serde<SubstringMessage> values;
    private final String changelog;

    /** @param changelog the topic under whose subject the values are registered */
    StateStoreIndex(
            KeyValueStore<Bytes, byte[]> entries,
            KeyValueStore<Bytes, byte[]> uploadsByTime,
            Serde<SubstringMessage> values,
            String changelog) {
        this.entries = entries;
        this.uploadsByTime = uploadsByTime;
        this.values = values;
        this.changelog = changelog;
    }

    @Override
    public boolean contains(byte[] key) {
        return entries.get(Bytes.wrap(key)) != null;
    }

    @Override
    public void put(byte[] key, IndexEntry entry) {
        entries.put(Bytes.wrap(key), values.serializer().serialize(changelog, entry.message()));
        if (entry.side() == Side.UPLOAD) {
            uploadsByTime.put(byTime(entry.happenedAt().toEpochMilli(), key), NOTHING);
        }
    }

    @Override
    public void remove(byte[] key) {
        entries.delete(Bytes.wrap(key));
    }

    @Override
    public void forEach(byte[] prefix, Visitor visitor) {
        try (KeyValueIterator<Bytes, byte[]> found = entries.prefixScan(Bytes.wrap(prefix), new BytesSerializer())) {
            while (found.hasNext()) {
                KeyValue<Bytes, byte[]> entry = found.next();
                visitor.visit(entry.key.get(), () -> values.deserializer().deserialize(changelog, entry.value));
            }
        }
    }

    /**
     * Forgets uploads from before a time, oldest first.
     *
     * @param most how many entries at most
     * @return how many
     */
    int expire(long beforeMillis, int most) {
        List<Bytes> expired = new ArrayList<>();
        try (var oldest = uploadsByTime.range(byTime(0, NOTHING), byTime(Math.max(0, beforeMillis), NOTHING))) {
            while (oldest.hasNext() && expired.size() < most) {
                expired.add(oldest.next().key);
            }
        }
        for (var key : expired) {
            byte[] bytes = key.get();
            entries.delete(Bytes.wrap(Arrays.copyOfRange(bytes, Long.BYTES, bytes.length)));
            uploadsByTime.delete(key);
        }
        return expired.size();
    }

    /** Estimated number of entries. */
    long size() {
        return entries.approximateNumEntries();
    }

    /**
     * Makes sure that the entries were laid out by the given plans.
     *
     * @throws IllegalStateException if by others: their entries would not be found, and nobody would notice
     */
    void requireLayout(String plans) {
        byte[] noted = entries.get(Bytes.wrap(EntryKey.LAYOUT));
        if (noted != null && !plans.equals(new String(noted, StandardCharsets.UTF_8))) {
            throw new IllegalStateException("settings of the matcher: expected those its index was made with, "
                    + new String(noted, StandardCharsets.UTF_8) + ", got " + plans
                    + "; go back to them, or reset the matcher so that it reads its topics again");
        }
    }

    /** Notes the plans by which the entries are laid out. */
    void noteLayout(String plans) {
        entries.put(Bytes.wrap(EntryKey.LAYOUT), plans.getBytes(StandardCharsets.UTF_8));
    }

    private static Bytes byTime(long millis, byte[] key) {
        return Bytes.wrap(ByteBuffer.allocate(Long.BYTES + key.length)
                .putLong(millis)
                .put(key)
                .array());
    }
}
