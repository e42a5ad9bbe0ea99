package io.weighbridge.hasher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weighbridge.hasher.format.ReadLimits;
import io.weighbridge.schemas.TestTopics;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HasherSettingsTest {

    @Test
    void shouldPassKafkaItsOwnSettings() {
        var settings = HasherSettings.from(TestTopics.mock()
                .with(Map.of("bootstrap.servers", "broker:9092", "weighbridge.application.prefix", "test")));

        assertThat(settings.streams())
                .containsEntry("application.id", "test-hasher")
                .containsEntry("bootstrap.servers", "broker:9092")
                .containsEntry("processing.guarantee", "exactly_once_v2");
    }

    @Test
    void shouldHaveDefaults() {
        var settings = HasherSettings.from(TestTopics.mock());

        int processors = Runtime.getRuntime().availableProcessors();
        assertThat(settings.scanThreads()).isEqualTo(Math.max(32, processors));
        assertThat(settings.hashThreads()).isEqualTo(processors);
        assertThat(settings.liveWeight()).isEqualTo(4);
        assertThat(settings.backfillWeight()).isEqualTo(1);
        assertThat(settings.window()).isEqualTo(32);
        assertThat(settings.forwardInterval()).isEqualTo(Duration.ofMillis(100));
        assertThat(settings.scanDeadline()).isEqualTo(Duration.ofHours(1));
        assertThat(settings.maxFiles()).isEqualTo(1_000);
    }

    @Test
    void shouldLimitWhatReadersTakeOn() {
        assertThat(HasherSettings.from(TestTopics.mock()).readLimits()).isEqualTo(ReadLimits.STANDARD);

        var settings = HasherSettings.from(TestTopics.mock()
                .with(Map.of(
                        "weighbridge.read.max.header.bytes", "1",
                        "weighbridge.read.max.tensors", "2",
                        "weighbridge.read.max.tensor.weights", "3000000000",
                        "weighbridge.read.max.entries", "4",
                        "weighbridge.read.max.inflated.bytes", "5",
                        "weighbridge.read.max.depth", "6",
                        "weighbridge.read.max.ratio", "7",
                        "weighbridge.read.max.dimensions", "8",
                        "weighbridge.read.max.time", "PT9S")));
        assertThat(settings.readLimits())
                .isEqualTo(new ReadLimits(1, 2, 3_000_000_000L, 4, 5, 6, 7, 8, Duration.ofSeconds(9)));
    }

    @Test
    void shouldRefuseLimitsThatNothingCouldMeet() {
        var wrong = TestTopics.mock()
                .with(Map.of(
                        "weighbridge.read.max.header.bytes", "3000000000",
                        "weighbridge.read.max.tensors", "0",
                        "weighbridge.read.max.depth", "17",
                        "weighbridge.read.max.time", "PT0S"));

        assertThatThrownBy(() -> HasherSettings.from(wrong))
                .hasMessageContaining("weighbridge.read.max.header.bytes: expected 1 to 2147483639, got 3000000000")
                .hasMessageContaining("weighbridge.read.max.tensors: expected 1 to 10000000, got 0")
                .hasMessageContaining("weighbridge.read.max.depth: expected 1 to 16, got 17")
                .hasMessageContaining("weighbridge.read.max.time: expected a millisecond to a year, got PT0S");
    }

    /** Each limit is listed with its default, here and for users. */
    @Test
    void shouldDocumentEveryLimit() throws Exception {
        var docs = Files.readString(Path.of("../docs/settings.md"));
        for (var limit : ReadLimits.class.getRecordComponents()) {
            var value = limit.getAccessor().invoke(ReadLimits.STANDARD);
            var shown = value instanceof Duration ? "`" + value + "`" : value.toString();
            assertThat(docs).contains("| `" + ReadLimits.setting(limit.getName()) + "` | " + shown + " |");
        }
    }

    @Test
    void shouldReportAllThatIsWrongTogether() {
        var wrong = TestTopics.mock()
                .with(Map.of(
                        "weighbridge.scan.threads", "0",
                        "weighbridge.scan.window", "many",
                        "weighbridge.scan.interval", "PT0S",
                        "weighbridge.scan.max.files", "1001",
                        "weighbridge.fetch.attempts", "0"));

        assertThatThrownBy(() -> HasherSettings.from(wrong))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("weighbridge.scan.threads: expected at least 1, got 0")
                .hasMessageContaining("weighbridge.scan.window: expected a whole number, 0 or more, got many")
                .hasMessageContaining("weighbridge.scan.interval: expected at least a millisecond, got PT0S")
                .hasMessageContaining("weighbridge.scan.max.files: expected at most 1000, got 1001")
                .hasMessageContaining("weighbridge.fetch.attempts: expected at least 1, got 0");
    }
}
