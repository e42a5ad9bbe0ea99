package io.weighbridge.hasher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weighbridge.schemas.TestTopics;
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

        assertThat(settings.scanThreads()).isEqualTo(Runtime.getRuntime().availableProcessors());
        assertThat(settings.window()).isEqualTo(32);
        assertThat(settings.forwardInterval()).isEqualTo(Duration.ofMillis(100));
        assertThat(settings.scanDeadline()).isEqualTo(Duration.ofHours(1));
        assertThat(settings.maxFiles()).isEqualTo(1_000);
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
