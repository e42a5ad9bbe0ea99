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
        assertThat(settings.spool().folder()).isEqualTo(Path.of("/spool"));
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
    void shouldLetThirtyTwoFilesOfTheLargestSizeIntoTheSpoolUnlessTold() {
        assertThat(FetchSettings.from(new Settings(Map.of())).spool().totalBytes())
                .isEqualTo(32 * (4L << 30));
        assertThat(FetchSettings.from(new Settings(Map.of("weighbridge.fetch.max.bytes", "1000000000000")))
                        .spool()
                        .totalBytes())
                .isEqualTo(1_000_000_000_000L);
    }

    @Test
    void shouldTakeASpoolThatHoldsTheLargestFileThatIsCopied() {
        var settings = new Settings(Map.of(
                "weighbridge.fetch.spool.max.bytes", "1000",
                "weighbridge.fetch.spool.total.bytes", "1000"));

        assertThat(FetchSettings.from(settings).spool().totalBytes()).isEqualTo(1000);
        settings.check();
    }

    @Test
    void shouldReportAllThatIsWrongTogether() {
        var settings = new Settings(Map.of(
                "weighbridge.fetch.max.bytes", "1001",
                "weighbridge.fetch.spool.total.bytes", "1000",
                "weighbridge.fetch.attempts", "0",
                "weighbridge.fetch.deadline", "PT0S",
                "weighbridge.fetch.spool.dir", "a\0b"));
        FetchSettings.from(settings);

        assertThatThrownBy(settings::check)
                .hasMessageContaining("weighbridge.fetch.spool.total.bytes: expected at least 1001, which a single file"
                        + " may take by weighbridge.fetch.spool.max.bytes, got 1000")
                .hasMessageContaining("weighbridge.fetch.attempts: expected at least 1, got 0")
                .hasMessageContaining("weighbridge.fetch.deadline: expected a duration longer than 0, got PT0S")
                .hasMessageContaining("weighbridge.fetch.spool.dir: expected a folder, got a\0b");
    }

    @Test
    void shouldReadHowHardTheNetworkIsUsed() {
        assertThat(FetchSettings.from(new Settings(Map.of())).traffic()).isEqualTo(new TrafficSettings(0, 0, 8));
        assertThat(FetchSettings.from(new Settings(Map.of(
                                "weighbridge.fetch.bytes.per.second", "1000000",
                                "weighbridge.fetch.host.requests.per.second", "5",
                                "weighbridge.fetch.host.connections", "3")))
                        .traffic())
                .isEqualTo(new TrafficSettings(1_000_000, 5, 3));

        var wrong = new Settings(Map.of("weighbridge.fetch.host.connections", "0"));
        FetchSettings.from(wrong);
        assertThatThrownBy(wrong::check)
                .hasMessageContaining("weighbridge.fetch.host.connections: expected at least 1, got 0");
    }

    @Test
    void shouldPrintNoSecret() {
        var settings = FetchSettings.from(new Settings(Map.of(
                "weighbridge.fetch.token.hub.example", "hidden-token",
                "weighbridge.fetch.s3.endpoint", "https://s3.example",
                "weighbridge.fetch.s3.access.key", "hidden-access",
                "weighbridge.fetch.s3.secret.key", "hidden-secret",
                "weighbridge.fetch.s3.session.token", "hidden-session")));

        assertThat(settings.toString())
                .contains("1 tokens", "https://s3.example")
                .doesNotContain("hidden");
    }
}
