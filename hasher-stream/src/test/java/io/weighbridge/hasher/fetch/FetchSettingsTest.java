package io.weighbridge.hasher.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weighbridge.schemas.Settings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FetchSettingsTest {

    @Test
    void shouldRefuseFilesAndPrivateAddressesUnlessTold() {
        var settings = FetchSettings.from(new Settings(Map.of()));

        assertThat(settings.fileRoots()).isEmpty();
        assertThat(settings.allowsPrivateAddresses()).isFalse();
    }

    @Test
    void shouldReadEverySetting() {
        var settings = FetchSettings.from(new Settings(Map.of(
                "weighbridge.fetch.file.roots", "/a, /b/../c",
                "weighbridge.fetch.allow.private.addresses", "true",
                "weighbridge.fetch.spool.dir", "/spool",
                "weighbridge.fetch.max.bytes", "7",
                "weighbridge.fetch.deadline", "PT1M",
                "weighbridge.fetch.connect.timeout", "1000",
                "weighbridge.fetch.read.timeout", "PT2S",
                "weighbridge.fetch.attempts", "3",
                "weighbridge.fetch.backoff", "250",
                "weighbridge.fetch.redirects", "0")));

        assertThat(settings.fileRoots()).containsExactly(Path.of("/a"), Path.of("/c"));
        assertThat(settings.allowsPrivateAddresses()).isTrue();
        assertThat(settings.spoolFolder()).isEqualTo(Path.of("/spool"));
        assertThat(settings.maxBytes()).isEqualTo(7);
        assertThat(settings.http())
                .isEqualTo(new FetchSettings.HttpLimits(
                        Duration.ofMinutes(1),
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(2),
                        3,
                        Duration.ofMillis(250),
                        0));
    }

    @Test
    void shouldSpoolAllFilesUnlessTold() {
        var settings = FetchSettings.from(new Settings(Map.of("weighbridge.fetch.max.bytes", "7")));

        assertThat(settings.range()).isEqualTo(new RangeSettings(7, 4 << 20, 32 << 20));
        assertThat(settings.range().isOn(settings.maxBytes())).isFalse();
        assertThat(settings.hub().endpoint()).isEmpty();
    }

    @Test
    void shouldRefuseStretchesOfNothing() {
        var settings = new Settings(Map.of("weighbridge.fetch.range.chunk.bytes", "0"));
        FetchSettings.from(settings);

        assertThatThrownBy(settings::check)
                .hasMessageContaining("weighbridge.fetch.range.chunk.bytes: expected 1 to 1073741824, got 0");
    }

    @Test
    void shouldReportAllThatIsWrongTogether() {
        var settings = new Settings(Map.of(
                "weighbridge.fetch.attempts", "0",
                "weighbridge.fetch.deadline", "PT0S",
                "weighbridge.fetch.spool.dir", "a\0b"));
        FetchSettings.from(settings);

        assertThatThrownBy(settings::check)
                .hasMessageContaining("weighbridge.fetch.attempts: expected at least 1, got 0")
                .hasMessageContaining("weighbridge.fetch.deadline: expected a duration longer than 0, got PT0S")
                .hasMessageContaining("weighbridge.fetch.spool.dir: expected a folder, got a\0b");
    }
}
