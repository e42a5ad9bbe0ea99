package io.weighbridge.app.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.weighbridge.schemas.Settings;
import io.weighbridge.schemas.Topics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.junit.jupiter.api.Test;

/** {@code docs/reference/topics.md} names every topic, and shows every record as its schema has it. */
class TopicReferenceTest {

    private static final Path DOCUMENT = Path.of("..", "docs", "reference", "topics.md");
    private static final Path SCHEMAS = Path.of("..", "schemas", "src", "main", "avro");

    @Test
    void shouldTellHowEveryTopicIsKept() throws IOException {
        var rows = new ArrayList<String>();
        for (String line : Files.readAllLines(DOCUMENT)) {
            if (line.startsWith("| `") && line.contains(".v1`")) {
                String[] cells = line.split("\\|");
                rows.add(cells[1].strip() + " " + cells[4].strip());
            }
        }

        assertThat(rows)
                .containsExactlyElementsOf(
                        Topics.of(new Settings(Map.of("schema.registry.url", "mock://topics"))).all().stream()
                                .map(topic -> "`" + topic.name() + "` "
                                        + switch (topic.keeping()) {
                                            case FOR_A_TIME -> "for a time";
                                            case LAST_OF_KEY -> "the last of each key";
                                            case FOR_EVER -> "for ever";
                                        })
                                .toList());
    }

    @Test
    void shouldShowEveryRecordAsItsSchemaHasIt() throws IOException {
        var part = new StringBuilder();
        for (Schema schema : schemas()) {
            part.append("\n### ").append(schema.getName()).append("\n\n");
            if (schema.getDoc() != null) {
                part.append(schema.getDoc()).append("\n\n");
            }
            switch (schema.getType()) {
                case ENUM ->
                    part.append(schema.getEnumSymbols().stream()
                                    .map(symbol -> "`" + symbol + "`")
                                    .collect(Collectors.joining(", ")))
                            .append("\n");
                case RECORD -> {
                    part.append("| field | type | meaning |\n|---|---|---|\n");
                    for (var field : schema.getFields()) {
                        part.append("| `%s` | %s | %s |\n"
                                .formatted(
                                        field.name(),
                                        type(field.schema()),
                                        Objects.requireNonNullElse(field.doc(), "")
                                                .replace("|", "\\|")));
                    }
                }
                default -> throw new IllegalStateException(schema.getFullName());
            }
        }

        GeneratedDocument.shouldHold("docs/reference/topics.md", TopicReferenceTest.class, part.toString());
    }

    /** All of them, by name. */
    private static List<Schema> schemas() throws IOException {
        try (var files = Files.list(SCHEMAS)) {
            return files.map(file -> file.getFileName().toString().replace(".avsc", ""))
                    .sorted()
                    .map(TopicReferenceTest::schema)
                    .toList();
        }
    }

    private static Schema schema(String name) {
        try {
            return SpecificData.get().getSchema(Class.forName("io.weighbridge.schemas.avro." + name));
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String type(Schema schema) {
        if (schema.getLogicalType() != null) {
            return schema.getLogicalType().getName();
        }
        return switch (schema.getType()) {
            case UNION ->
                schema.getTypes().stream().map(TopicReferenceTest::type).collect(Collectors.joining(" or "));
            case ARRAY -> "array of " + type(schema.getElementType());
            case RECORD, ENUM ->
                "[" + schema.getName() + "](#" + schema.getName().toLowerCase(Locale.ROOT) + ")";
            default -> schema.getType().getName();
        };
    }
}
