package io.weighbridge.app.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weighbridge.schemas.Settings;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeptFilesTest {

    private static final Instant NOW = Instant.parse("2026-11-30T12:00:00Z");

    @TempDir
    private Path folder;

    @Test
    void shouldNameAFileByItsDigestAndTellWhereItIs() throws IOException {
        var kept = files(NOW, Map.of()).keep(stream("weights"), "net.onnx");

        assertThat(kept.getPath()).isEqualTo("net.onnx");
        assertThat(kept.getSizeBytes()).isEqualTo(7);
        assertThat(Path.of(URI.create(kept.getUrl())))
                .hasFileName(kept.getSha256())
                .hasContent("weights");
    }

    @Test
    void shouldKeepTheSameBytesOnce() throws IOException {
        var files = files(NOW, Map.of());

        assertThat(files.keep(stream("weights"), "a").getSha256())
                .isEqualTo(files.keep(stream("weights"), "b").getSha256());
        try (var all = Files.list(folder)) {
            assertThat(all).hasSize(2).anyMatch(path -> path.endsWith("link.key"));
        }
    }

    @Test
    void shouldKeepNothingOfAFileThatIsTooLarge() throws IOException {
        var files = files(NOW, Map.of(KeptFilesSettings.MOST_BYTES, "6"));

        assertThatThrownBy(() -> files.keep(stream("weights"), "a"))
                .isInstanceOf(KeptFiles.TooLargeException.class)
                .hasMessageContaining("expected at most 6 bytes");
        try (var all = Files.list(folder)) {
            assertThat(all).hasSize(1);
        }
    }

    @Test
    void shouldFollowALinkUntilItsTimeIsOverAlsoAfterARestart() throws IOException {
        var settings =
                Map.of(KeptFilesSettings.ADDRESS, "https://weighbridge.example/", KeptFilesSettings.LINK_TIME, "PT1H");
        var kept = files(NOW, settings).keep(stream("weights"), "a");
        var link = URI.create(kept.getUrl());
        var parameters = parameters(link);

        assertThat(link.toString()).startsWith("https://weighbridge.example/api/v1/files/" + kept.getSha256() + "?");
        assertThat(linked(NOW, settings, kept.getSha256(), parameters))
                .hasValueSatisfying(file -> assertThat(file).hasContent("weights"));
        assertThat(linked(NOW.plus(Duration.ofHours(2)), settings, kept.getSha256(), parameters))
                .isEmpty();
    }

    @Test
    void shouldRefuseALinkThatWasChanged() throws IOException {
        var settings = Map.of(KeptFilesSettings.ADDRESS, "https://weighbridge.example");
        var files = files(NOW, settings);
        var kept = files.keep(stream("weights"), "a");
        var other = files.keep(stream("others"), "b");
        var parameters = parameters(URI.create(kept.getUrl()));
        long later = Long.parseLong(parameters.get("expires")) + 1;

        assertThat(files.linked(other.getSha256(), parameters.get("expires"), parameters.get("signature")))
                .isEmpty();
        assertThat(files.linked(kept.getSha256(), Long.toString(later), parameters.get("signature")))
                .isEmpty();
        assertThat(files.linked(kept.getSha256(), parameters.get("expires"), ""))
                .isEmpty();
        assertThat(files.linked("../link.key", parameters.get("expires"), parameters.get("signature")))
                .isEmpty();
    }

    @Test
    void shouldNotBeThereWithoutAFolder() throws IOException {
        assertThat(KeptFiles.of(new Settings(Map.of()), Clock.systemUTC())).isEmpty();
    }

    private Optional<Path> linked(
            Instant now, Map<String, String> settings, String sha256, Map<String, String> parameters)
            throws IOException {
        return files(now, settings).linked(sha256, parameters.get("expires"), parameters.get("signature"));
    }

    private KeptFiles files(Instant now, Map<String, String> settings) throws IOException {
        var all = new Settings(settings).with(Map.of(KeptFilesSettings.FOLDER, folder.toString()));
        return KeptFiles.of(all, Clock.fixed(now, ZoneOffset.UTC)).orElseThrow();
    }

    private static Map<String, String> parameters(URI link) {
        var parameters = new HashMap<String, String>();
        for (String pair : link.getQuery().split("&")) {
            parameters.put(pair.replaceFirst("=.*", ""), pair.replaceFirst("[^=]*=", ""));
        }
        return parameters;
    }

    private static ByteArrayInputStream stream(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }
}
