package io.weighbridge.app.replay;

import io.weighbridge.app.feed.Entry;
import io.weighbridge.app.feed.OffsetRange;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;

/** SHA-256 of what was read of each partition: offset, time, key and value of each record, whatever ids a schema registry gave. */
final class InputDigest {

    private final Map<Integer, MessageDigest> digests = new TreeMap<>();
    private final Map<Integer, Long> records = new TreeMap<>();

    /** What of a partition went in. */
    record Input(OffsetRange range, long records, String sha256) {}

    void add(Entry<? extends SpecificRecord> entry) {
        MessageDigest digest = digests.computeIfAbsent(entry.partition(), partition -> sha256());
        records.merge(entry.partition(), 1L, Long::sum);
        byte[] key = entry.key() == null ? new byte[0] : entry.key().getBytes(StandardCharsets.UTF_8);
        digest.update(ByteBuffer.allocate(2 * Long.BYTES + Integer.BYTES)
                .putLong(entry.offset())
                .putLong(entry.timestamp().toEpochMilli())
                .putInt(key.length)
                .flip());
        digest.update(key);
        if (entry.value() != null) {
            write(entry.value(), digest);
        }
    }

    List<Input> of(List<OffsetRange> ranges) {
        return ranges.stream()
                .map(range -> new Input(
                        range,
                        records.getOrDefault(range.partition(), 0L),
                        HexFormat.of()
                                .formatHex(digests.getOrDefault(range.partition(), sha256())
                                        .digest())))
                .toList();
    }

    private static void write(SpecificRecord value, MessageDigest digest) {
        try {
            var bytes = new ByteArrayOutputStream();
            BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(bytes, null);
            new SpecificDatumWriter<SpecificRecord>(value.getSchema()).write(value, encoder);
            encoder.flush();
            digest.update(bytes.toByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
