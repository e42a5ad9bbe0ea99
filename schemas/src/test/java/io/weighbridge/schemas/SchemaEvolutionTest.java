package io.weighbridge.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import io.weighbridge.schemas.avro.ModelCode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;
import org.apache.avro.SchemaFormatter;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;

/**
 * Old records stay readable, and old readers go on reading: every committed version of a schema is compatible with the present one in both
 * directions. Versions are {@code src/test/resources/schemas/vN}: resolved schemas, each with the sample record of {@link TestRecords} as
 * bytes. A record may be missing in versions from before it. Released versions are added to, never edited; what is missing is written to {@code target/schemas} to be looked at and committed.
 */
class SchemaEvolutionTest {

    private static final Path COMMITTED = Path.of("src", "test", "resources", "schemas");
    private static final Path PRESENT = Path.of("target", "schemas");

    @Test
    void shouldStayCompatibleBothWaysWithEveryCommittedVersion() throws IOException {
        for (SpecificRecord record : TestRecords.all()) {
            for (Path version : versionsOf(record)) {
                Path file = version.resolve(name(record) + ".avsc");
                Schema earlier = new Schema.Parser().parse(Files.readString(file));
                assertReads(record.getSchema(), earlier, file + " -> present");
                assertReads(earlier, record.getSchema(), "present -> " + file);
            }
        }
    }

    @Test
    void shouldHaveCommittedThePresentVersion() throws IOException {
        Path newest = versions().get(versions().size() - 1);
        for (SpecificRecord record : TestRecords.all()) {
            writePresent(record);
        }
        for (SpecificRecord record : TestRecords.all()) {
            Path file = newest.resolve(name(record) + ".avsc");
            Path present = PRESENT.resolve(file.getFileName());
            assertThat(Files.exists(file))
                    .as("%s: missing; the present one is %s", file, present)
                    .isTrue();
            assertThat(new Schema.Parser().parse(Files.readString(file)))
                    .as("%s: expected the present schema, which is %s", file, present)
                    .isEqualTo(record.getSchema());
        }
    }

    @Test
    void shouldReadTheCommittedBytesOfEveryVersion() throws IOException {
        for (SpecificRecord record : TestRecords.all()) {
            for (Path version : versionsOf(record)) {
                Schema writer = new Schema.Parser().parse(Files.readString(version.resolve(name(record) + ".avsc")));
                assertThat(decode(golden(version, record), writer, record.getSchema()))
                        .as("%s/%s", version, sample(record))
                        .isNotNull();
            }
        }
    }

    @Test
    void shouldWriteTheCommittedBytesOfThePresentVersion() throws IOException {
        Path newest = versions().get(versions().size() - 1);
        for (SpecificRecord record : TestRecords.all()) {
            byte[] golden = golden(newest, record);
            assertThat(HexFormat.of().formatHex(encode(record)))
                    .as("%s/%s", newest, sample(record))
                    .isEqualTo(HexFormat.of().formatHex(golden));
            assertThat(decode(golden, record.getSchema(), record.getSchema())).isEqualTo(record);
        }
    }

    private static void assertReads(Schema reader, Schema writer, String what) {
        var result = SchemaCompatibility.checkReaderWriterCompatibility(reader, writer);
        assertThat(result.getType())
                .as("%s: %s", what, result.getResult().getIncompatibilities())
                .isEqualTo(SchemaCompatibilityType.COMPATIBLE);
    }

    /** Those that knew the record: later ones add records. */
    private static List<Path> versionsOf(SpecificRecord record) throws IOException {
        return versions().stream()
                .filter(version -> Files.exists(version.resolve(name(record) + ".avsc")))
                .toList();
    }

    /** Oldest first. */
    private static List<Path> versions() throws IOException {
        try (Stream<Path> folders = Files.list(COMMITTED)) {
            return folders.sorted(Comparator.comparing(folder ->
                            Integer.parseInt(folder.getFileName().toString().substring(1))))
                    .toList();
        }
    }

    private static void writePresent(SpecificRecord record) throws IOException {
        Files.createDirectories(PRESENT);
        Files.writeString(
                PRESENT.resolve(name(record) + ".avsc"),
                SchemaFormatter.format("json/pretty", record.getSchema()) + "\n");
        Files.writeString(
                PRESENT.resolve(sample(record) + ".hex"), HexFormat.of().formatHex(encode(record)) + "\n");
    }

    private static byte[] golden(Path version, SpecificRecord record) throws IOException {
        return HexFormat.of()
                .parseHex(Files.readString(version.resolve(sample(record) + ".hex"))
                        .strip());
    }

    private static byte[] encode(SpecificRecord record) throws IOException {
        var out = new ByteArrayOutputStream();
        BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(out, null);
        new SpecificDatumWriter<SpecificRecord>(record.getSchema(), SpecificData.getForSchema(record.getSchema()))
                .write(record, encoder);
        encoder.flush();
        return out.toByteArray();
    }

    private static SpecificRecord decode(byte[] bytes, Schema writer, Schema reader) throws IOException {
        return new SpecificDatumReader<SpecificRecord>(writer, reader, SpecificData.getForSchema(reader))
                .read(null, DecoderFactory.get().binaryDecoder(bytes, null));
    }

    private static String name(SpecificRecord record) {
        return record.getSchema().getName();
    }

    /** Codes are one record for uploads and for protected models, with a sample of each. */
    private static String sample(SpecificRecord record) {
        boolean isProtected = record instanceof ModelCode code && code.getProtectedModel() != null;
        return name(record) + (isProtected ? "-protected" : "");
    }
}
