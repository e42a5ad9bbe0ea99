package io.weighbridge.alerting.sink.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weighbridge.alerting.AlertingSettings;
import io.weighbridge.alerting.sink.SinkSettings;
import io.weighbridge.schemas.Settings;
import io.weighbridge.schemas.TestTopics;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookSettingsTest {

    private static final String URL = "weighbridge.sink.webhook.url";
    private static final String SECRET = "weighbridge.sink.webhook.secret";
    private static final String SECRET_FILE = "weighbridge.sink.webhook.secret.file";

    @TempDir
    private Path folder;

    @Test
    void shouldHaveNoWebhookWithoutAnAddress() {
        var settings = settings(Map.of());

        assertThat(SinkSettings.from(settings).webhooks()).isEmpty();
        assertThat(SinkSettings.from(settings).isLogging()).isTrue();
    }

    @Test
    void shouldGiveEachAddressASinkOfItsOwn() {
        var webhooks = WebhookSettings.all(
                settings(Map.of(URL, "https://one.example/a, http://two.example:8080/b", SECRET, "s")));

        assertThat(webhooks).extracting(WebhookSettings::name).containsExactly("webhook", "webhook-2");
        assertThat(webhooks)
                .extracting(webhook -> webhook.target().origin())
                .containsExactly("https://one.example", "http://two.example:8080");
    }

    @Test
    void shouldReadTheTiming() {
        var webhook = WebhookSettings.all(settings(Map.of(
                        URL,
                        "http://one.example",
                        SECRET,
                        "s",
                        "weighbridge.sink.webhook.connect.timeout",
                        "PT1S",
                        "weighbridge.sink.webhook.request.timeout",
                        "2000",
                        "weighbridge.sink.webhook.attempts",
                        "3",
                        "weighbridge.sink.webhook.first.pause",
                        "PT4S",
                        "weighbridge.sink.webhook.longest.pause",
                        "PT5S")))
                .get(0);

        assertThat(webhook.target().connectTimeout()).isEqualTo(Duration.ofSeconds(1));
        assertThat(webhook.target().requestTimeout()).isEqualTo(Duration.ofSeconds(2));
        assertThat(webhook.retries().attempts()).isEqualTo(3);
        assertThat(webhook.retries().firstPause()).isEqualTo(Duration.ofSeconds(4));
        assertThat(webhook.retries().longestPause()).isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void shouldReadTheSecretFromAFileWithoutItsLineEnd() throws IOException {
        Path file = Files.writeString(folder.resolve("secret"), "s3cret\n");
        var webhook = WebhookSettings.all(settings(Map.of(URL, "http://one.example", SECRET_FILE, file.toString())))
                .get(0);

        byte[] body = "x".getBytes(StandardCharsets.UTF_8);
        assertThat(webhook.secret().sign(body)).isEqualTo(new Secret("s3cret").sign(body));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "one.example",
                "ftp://one.example/token-T",
                "file:///token-T",
                "https:///token-T",
                "https://user:token-T@one.example/",
                "https://one.example/#token-T",
                "https://one.example/token T"
            })
    void shouldRefuseAnAddressThatIsNotOneWithoutRepeatingIt(String address) {
        assertThatThrownBy(() -> SinkSettings.from(settings(Map.of(URL, address, SECRET, "s"))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("weighbridge.sink.webhook.url: address of webhook: expected http(s)://host")
                .hasMessageNotContaining("token");
    }

    @Test
    void shouldNameEverythingThatIsWrongAtOnce() {
        assertThatThrownBy(() -> SinkSettings.from(settings(Map.of(
                        URL,
                        "one.example",
                        "weighbridge.sink.log",
                        "perhaps",
                        "weighbridge.sink.webhook.attempts",
                        "0",
                        "weighbridge.sink.webhook.request.timeout",
                        "PT0S"))))
                .hasMessageContaining("weighbridge.sink.log: expected true or false, got perhaps")
                .hasMessageContaining("weighbridge.sink.webhook.attempts: expected 1 or more, got 0")
                .hasMessageContaining("weighbridge.sink.webhook.request.timeout: expected 1 ms or more, got PT0S")
                .hasMessageContaining(
                        "weighbridge.sink.webhook.secret: expected this or weighbridge.sink.webhook.secret.file, got neither")
                .hasMessageContaining("weighbridge.sink.webhook.url: address of webhook");
    }

    @Test
    void shouldRefuseTwoSecretsWithoutRepeatingThem() {
        assertThatThrownBy(() -> SinkSettings.from(
                        settings(Map.of(URL, "http://one.example", SECRET, "s3cret", SECRET_FILE, "/run/secrets/a"))))
                .hasMessageContaining("got both")
                .hasMessageNotContaining("s3cret");
    }

    @Test
    void shouldRefuseASecretFileThatIsEmptyOrMissing() throws IOException {
        Path empty = Files.writeString(folder.resolve("empty"), " \n");

        assertThatThrownBy(() ->
                        SinkSettings.from(settings(Map.of(URL, "http://one.example", SECRET_FILE, empty.toString()))))
                .hasMessageContaining("got an empty file");
        assertThatThrownBy(() -> SinkSettings.from(settings(Map.of(
                        URL,
                        "http://one.example",
                        SECRET_FILE,
                        folder.resolve("none").toString()))))
                .hasMessageContaining("weighbridge.sink.webhook.secret.file: expected a readable file of text");
    }

    @Test
    void shouldNeverShowSecrets() {
        var settings = settings(
                Map.of(URL, "https://one.example/token-T", SECRET, "s3cret", "sasl.jaas.config", "password=pa55"));
        var sinks = SinkSettings.from(settings);

        assertThat(sinks + " " + sinks.webhooks() + " " + AlertingSettings.from(settings))
                .doesNotContain("token-T")
                .doesNotContain("s3cret")
                .doesNotContain("pa55");
    }

    private static Settings settings(Map<String, String> values) {
        return TestTopics.mock().with(new HashMap<>(values));
    }
}
