package io.weighbridge.app.replay;

import io.weighbridge.app.feed.Entry;
import io.weighbridge.app.feed.OffsetRange;
import io.weighbridge.schemas.Topic;
import io.weighbridge.schemas.avro.AuditEntry;
import io.weighbridge.schemas.avro.CaseDecision;
import io.weighbridge.schemas.avro.DeadLetter;
import io.weighbridge.schemas.avro.InfringementAlert;
import io.weighbridge.schemas.avro.InfringementCase;
import io.weighbridge.schemas.avro.ModelCode;
import io.weighbridge.schemas.avro.ProtectedModel;
import io.weighbridge.schemas.avro.ProtectionPolicy;
import io.weighbridge.schemas.avro.ScanOutcome;
import io.weighbridge.schemas.avro.Suppression;
import io.weighbridge.schemas.avro.UploadEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.data.TimeConversions;
import org.apache.avro.file.CodecFactory;
import org.apache.avro.file.DataFileReader;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.DatumReader;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;

/**
 * A folder of exported topics: an Avro container file for each, {@code TOPIC.avro}, compressed by deflate. A record of it holds partition, offset,
 * timestamp, key, value and headers; a value of null withdraws the key. Any Avro library reads it. Files of earlier versions have no
 * headers.
 */
public final class Archive implements RecordSource {

    private static final int DEFLATE_LEVEL = 6;

    /** What the topics hold. */
    private static final Map<String, Schema> TYPES = new TreeMap<>(Map.ofEntries(
            Map.entry("model-uploads.v1", UploadEvent.getClassSchema()),
            Map.entry("model-uploads-backfill.v1", UploadEvent.getClassSchema()),
            Map.entry("protected-models.v1", ProtectedModel.getClassSchema()),
            Map.entry("model-codes.v1", ModelCode.getClassSchema()),
            Map.entry("protected-codes.v1", ModelCode.getClassSchema()),
            Map.entry("scan-outcomes.v1", ScanOutcome.getClassSchema()),
            Map.entry("infringement-alerts.v1", InfringementAlert.getClassSchema()),
            Map.entry("held-alerts.v1", InfringementAlert.getClassSchema()),
            Map.entry("infringement-cases.v1", InfringementCase.getClassSchema()),
            Map.entry("case-decisions.v1", CaseDecision.getClassSchema()),
            Map.entry("suppressions.v1", Suppression.getClassSchema()),
            Map.entry("protection-policies.v1", ProtectionPolicy.getClassSchema()),
            Map.entry("api-audit.v1", AuditEntry.getClassSchema()),
            Map.entry("dead-letters.v1", DeadLetter.getClassSchema())));

    private static final SpecificData DATA = data();

    private final Path folder;

    public Archive(Path folder) {
        this.folder = folder;
    }

    /**
     * Exports a topic. Until all of it is written, the file is called {@code TOPIC.avro.part}, so that nobody takes a part for the whole.
     *
     * @return how many records
     * @throws IOException if the file exists already, or cannot be written
     */
    public <V extends SpecificRecord> long export(RecordSource source, Topic<String, V> topic, Instant from, Instant to)
            throws IOException {
        Files.createDirectories(folder);
        Path file = file(topic);
        if (Files.exists(file)) {
            throw new IOException(file + " is there already; remove it, or name another folder");
        }
        Path part = file.resolveSibling(file.getFileName() + ".part");
        Schema schema = schema(topic);
        long[] records = new long[1];
        try (var out = new DataFileWriter<GenericRecord>(new SpecificDatumWriter<>(schema, DATA))) {
            out.setCodec(CodecFactory.deflateCodec(DEFLATE_LEVEL));
            out.create(schema, part.toFile());
            var failure = new IOException[1];
            source.read(topic, from, to, entry -> {
                try {
                    out.append(record(schema, entry));
                    records[0]++;
                } catch (IOException e) {
                    failure[0] = e;
                }
            });
            if (failure[0] != null) {
                throw failure[0];
            }
        }
        Files.move(part, file);
        return records[0];
    }

    /** Whether there is a file of the topic. */
    public boolean holds(Topic<String, ?> topic) {
        return Files.exists(file(topic));
    }

    /** The topics that can be exported, by name. */
    public static Set<String> topics() {
        return TYPES.keySet();
    }

    @Override
    public List<OffsetRange> ranges(Topic<String, ? extends SpecificRecord> topic, Instant from, Instant to)
            throws IOException {
        return read(topic, from, to, entry -> {});
    }

    @Override
    public <V extends SpecificRecord> List<OffsetRange> read(
            Topic<String, V> topic, Instant from, Instant to, Consumer<Entry<V>> visit) throws IOException {
        if (!Files.exists(file(topic))) {
            throw new IOException(file(topic) + ": no such file; `weighbridge topics export` makes it");
        }
        var ranges = new HashMap<Integer, OffsetRange>();
        Set<Integer> begun = new HashSet<>();
        Set<Integer> ended = new HashSet<>();
        try (var in = open(topic)) {
            for (GenericRecord record : in) {
                Entry<V> entry = entry(record);
                if (!entry.timestamp().isBefore(from)) {
                    begun.add(entry.partition());
                }
                if (!entry.timestamp().isBefore(to)) {
                    ended.add(entry.partition());
                }
                if (begun.contains(entry.partition()) && !ended.contains(entry.partition())) {
                    visit.accept(entry);
                    extend(ranges, topic.name(), entry);
                }
            }
        }
        return ranges.values().stream().sorted().toList();
    }

    private <V extends SpecificRecord> DataFileReader<GenericRecord> open(Topic<String, V> topic) throws IOException {
        DatumReader<GenericRecord> reader = new SpecificDatumReader<>(null, schema(topic), DATA);
        return new DataFileReader<>(file(topic).toFile(), reader);
    }

    private Path file(Topic<String, ?> topic) {
        return folder.resolve(topic.name() + ".avro");
    }

    private static void extend(Map<Integer, OffsetRange> ranges, String topic, Entry<?> entry) {
        ranges.merge(
                entry.partition(),
                new OffsetRange(topic, entry.partition(), entry.offset(), entry.offset() + 1),
                (known, one) -> new OffsetRange(topic, known.partition(), known.from(), one.to()));
    }

    private static Schema schema(Topic<String, ?> topic) {
        Schema value = TYPES.get(topic.name());
        if (value == null) {
            throw new IllegalArgumentException("topic: expected one of " + TYPES.keySet() + ", got " + topic.name());
        }
        return SchemaBuilder.record("TopicRecord")
                .namespace(ArchivedHeaders.NAMESPACE)
                .fields()
                .requiredInt("partition")
                .requiredLong("offset")
                .name("timestamp")
                .doc("Milliseconds since 1970.")
                .type()
                .longType()
                .noDefault()
                .optionalString("key")
                .name("value")
                .type()
                .unionOf()
                .nullType()
                .and()
                .type(value)
                .endUnion()
                .nullDefault()
                .name("headers")
                .doc("In their order; a name may occur more than once.")
                .type()
                .array()
                .items(ArchivedHeaders.SCHEMA)
                .arrayDefault(List.of())
                .endRecord();
    }

    private static SpecificData data() {
        var data = new SpecificData();
        data.addLogicalTypeConversion(new TimeConversions.TimestampMillisConversion());
        return data;
    }

    private static GenericRecord record(Schema schema, Entry<? extends SpecificRecord> entry) {
        var record = new GenericData.Record(schema);
        record.put("partition", entry.partition());
        record.put("offset", entry.offset());
        record.put("timestamp", entry.timestamp().toEpochMilli());
        record.put("key", entry.key());
        record.put("value", entry.value());
        record.put("headers", ArchivedHeaders.of(entry.headers()));
        return record;
    }

    @SuppressWarnings("unchecked")
    private static <V> Entry<V> entry(GenericRecord record) {
        Object key = record.get("key");
        return new Entry<>(
                key == null ? null : key.toString(),
                (V) record.get("value"),
                Instant.ofEpochMilli((Long) record.get("timestamp")),
                (Integer) record.get("partition"),
                (Long) record.get("offset"),
                ArchivedHeaders.in((List<GenericRecord>) record.get("headers")));
    }
}
