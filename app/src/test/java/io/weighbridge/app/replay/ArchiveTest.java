package io.weighbridge.app.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weighbridge.app.feed.Entry;
import io.weighbridge.app.feed.OffsetRange;
import io.weighbridge.schemas.TestRecords;
import io.weighbridge.schemas.TestTopics;
import io.weighbridge.schemas.Topic;
import io.weighbridge.schemas.Topics;
import io.weighbridge.schemas.avro.Suppression;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.apache.avro.Schema;
import org.apache.avro.file.DataFileReader;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArchiveTest {

    private static final Headers HEADERS = new RecordHeaders()
            .add("ce_id", new byte[] {'1'})
            .add("ce_id", new byte[] {'2'})
            .add("empty", new byte[0])
            .add("none", null);

    private final Topic<String, Suppression> topic =
            Topics.of(TestTopics.mock()).suppressions();
    private final List<Entry<Suppression>> entries = List.of(
            entry("s1", TestRecords.suppression(), 0, HEADERS),
            entry("s1", null, 1, HEADERS),
            entry(null, null, 2, new RecordHeaders()));

    @TempDir
    private Path folder;

    private Archive archive;

    @BeforeEach
    void export() throws IOException {
        archive = new Archive(folder);
        archive.export(new Listed(entries), topic, Instant.MIN, Instant.MAX);
    }

    @Test
    void shouldGiveBackWhatItTook() throws IOException {
        assertThat(read(archive)).isEqualTo(entries);
    }

    @Test
    void shouldReadFilesWithoutHeaders() throws IOException {
        Path older = folder.resolve("older");
        assertThat(older.toFile().mkdir()).isTrue();
        copyWithoutHeaders(folder.resolve("suppressions.v1.avro"), older.resolve("suppressions.v1.avro"));

        assertThat(read(new Archive(older)))
                .isEqualTo(entries.stream()
                        .map(entry -> entry(entry.key(), entry.value(), entry.offset(), new RecordHeaders()))
                        .toList());
    }

    @Test
    void shouldNotTakeAPartForTheWhole() throws IOException {
        var cut = new Archive(folder.resolve("cut"));
        var failing = new FailingSource(new Listed(entries), topic.name());
        assertThatThrownBy(() -> cut.export(failing, topic, Instant.MIN, Instant.MAX))
                .hasMessage("the connection was cut");
        assertThat(cut.holds(topic)).isFalse();

        assertThat(cut.export(new Listed(entries), topic, Instant.MIN, Instant.MAX))
                .isEqualTo(entries.size());

        assertThat(read(cut)).isEqualTo(entries);
        assertThatThrownBy(() -> cut.export(new Listed(entries), topic, Instant.MIN, Instant.MAX))
                .hasMessageEndingWith("suppressions.v1.avro is there already; remove it, or name another folder");
    }

    private List<Entry<Suppression>> read(Archive from) throws IOException {
        var read = new ArrayList<Entry<Suppression>>();
        from.read(topic, Instant.MIN, Instant.MAX, read::add);
        return read;
    }

    private static Entry<Suppression> entry(String key, Suppression value, long offset, Headers headers) {
        return new Entry<>(key, value, TestRecords.UPLOADED_AT.plusSeconds(offset), 0, offset, headers);
    }

    /** The file as an earlier version wrote it. */
    private static void copyWithoutHeaders(Path from, Path to) throws IOException {
        try (var in = new DataFileReader<>(from.toFile(), new GenericDatumReader<GenericRecord>())) {
            Schema written = in.getSchema();
            var fields = written.getFields().stream()
                    .filter(field -> !field.name().equals("headers"))
                    .map(field -> new Schema.Field(field, field.schema()))
                    .toList();
            assertThat(fields).hasSize(5);
            var earlier = Schema.createRecord(written.getName(), null, written.getNamespace(), false, fields);
            try (var out = new DataFileWriter<GenericRecord>(new GenericDatumWriter<>(earlier))) {
                out.create(earlier, to.toFile());
                for (GenericRecord record : in) {
                    out.append(record);
                }
            }
        }
    }

    /** Records that are known beforehand. */
    private record Listed(List<Entry<Suppression>> entries) implements RecordSource {

        @Override
        public List<OffsetRange> ranges(Topic<String, ? extends SpecificRecord> topic, Instant from, Instant to) {
            return List.of();
        }

        @Override
        @SuppressWarnings("unchecked")
        public <V extends SpecificRecord> List<OffsetRange> read(
                Topic<String, V> topic, Instant from, Instant to, Consumer<Entry<V>> visit) {
            entries.forEach(entry -> visit.accept((Entry<V>) entry));
            return List.of();
        }
    }
}
