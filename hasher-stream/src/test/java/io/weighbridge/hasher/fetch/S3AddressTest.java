package io.weighbridge.hasher.fetch;

import static io.weighbridge.hasher.fetch.HttpStage.assertNotFetched;
import static io.weighbridge.hasher.fetch.HttpStage.body;
import static io.weighbridge.hasher.fetch.HttpStage.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weighbridge.hasher.fetch.FetchResult.Fetched;
import io.weighbridge.hasher.fetch.FetchResult.NotFetched;
import io.weighbridge.schemas.Settings;
import io.weighbridge.schemas.avro.Outcome;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class S3AddressTest {

    @TempDir
    private Path folder;

    private HttpStage stage;
    private final List<String> asked = new CopyOnWriteArrayList<>();

    @BeforeEach
    void open() throws IOException {
        stage = new HttpStage(folder);
    }

    @AfterEach
    void close() {
        stage.close();
    }

    private Map<String, String> store(HttpStage.Answer answer, Map<String, String> others) {
        String url = stage.on("/", exchange -> {
            asked.add(exchange.getRequestURI().toString());
            answer.to(exchange);
        });
        var settings = new HashMap<>(Map.of("weighbridge.fetch.s3.endpoint", url));
        settings.putAll(others);
        return settings;
    }

    private Map<String, String> keys() throws IOException {
        var secret = Files.writeString(folder.resolve("secret"), "very/secret\n");
        return Map.of(
                "weighbridge.fetch.s3.access.key", "AKIDEXAMPLE",
                "weighbridge.fetch.s3.secret.key.file", secret.toString(),
                "weighbridge.fetch.s3.region", "eu-west-1",
                "weighbridge.fetch.s3.signed.buckets", "ours, ours");
    }

    @Test
    void shouldReadAPublicBucketUnsigned() throws Exception {
        var settings = store(body(new byte[] {3}), keys());

        assertThat(stage.fetch("s3://theirs/a%20b/c+d.bin", settings)).isInstanceOf(Fetched.class);
        assertThat(stage.received.get()).containsExactly(3);
        assertThat(asked).containsExactly("/theirs/a%20b/c%2Bd.bin");
    }

    @Test
    void shouldSignForTheBucketsThatAreNamed() throws Exception {
        var settings = store(body(new byte[] {3}), keys());

        assertThat(stage.fetch("s3://ours/a.bin", settings)).isInstanceOf(Fetched.class);
        assertThat(asked.get(0))
                .matches("/ours/a\\.bin\\?X-Amz-Algorithm=AWS4-HMAC-SHA256"
                        + "&X-Amz-Credential=AKIDEXAMPLE%2F\\d{8}%2Feu-west-1%2Fs3%2Faws4_request&X-Amz-Date=\\d{8}T\\d{6}Z"
                        + "&X-Amz-Expires=30&X-Amz-SignedHeaders=host&X-Amz-Signature=[0-9a-f]{64}");
    }

    @Test
    void shouldNotShowTheSignatureInReasons() throws Exception {
        var settings = store(status(403), keys());

        assertNotFetched(
                stage.fetch("s3://ours/a.bin", settings),
                Outcome.UNREACHABLE,
                "HTTP 403 from " + settings.get("weighbridge.fetch.s3.endpoint") + "ours/a.bin");
    }

    @Test
    void shouldGoThroughTheGateAsAllOthers() throws Exception {
        var settings = store(status(403), Map.of("weighbridge.fetch.allow.private.addresses", "false"));

        assertThat(((NotFetched) stage.fetch("s3://ours/a.bin", settings)).outcome())
                .isEqualTo(Outcome.FORBIDDEN);
        assertThat(asked).isEmpty();
    }

    @Test
    void shouldBeOffWithoutAnEndpoint() throws Exception {
        assertNotFetched(
                stage.fetch("s3://ours/a.bin"),
                Outcome.FORBIDDEN,
                "s3: addresses are off; weighbridge.fetch.s3.endpoint names the store to ask");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "s3:a",
                "s3:///a",
                "s3://ab",
                "s3://abc",
                "s3://abc/",
                "s3://ABC/a",
                "s3://user@abc/a",
                "s3://abc:80/a",
                "s3://a..b/a",
                "s3://abc/../a",
                "s3://abc/a/%2e%2e/b",
                "s3://abc/./a",
                "s3://abc/a?b",
                "s3://abc/a#b",
                "s3://abc_d/a"
            })
    void shouldRefuseOtherForms(String address) {
        assertThat(S3Address.of(URI.create(address))).isEmpty();
    }

    @Test
    void shouldReportSettingsThatDoNotGoTogether() {
        var settings = new Settings(Map.of(
                "weighbridge.fetch.s3.endpoint", "https://user:secret@host",
                "weighbridge.fetch.s3.secret.key", "hidden"));
        S3Settings.from(settings);
        var keyless = new Settings(Map.of("weighbridge.fetch.s3.signed.buckets", "ours"));
        S3Settings.from(keyless);

        assertThatThrownBy(settings::check)
                .hasMessageContaining(
                        "weighbridge.fetch.s3.endpoint: expected an address such as https://host:port, got another form")
                .hasMessageContaining("weighbridge.fetch.s3.access.key: expected one, as the other key is set")
                .hasMessageNotContaining("secret@")
                .hasMessageNotContaining("hidden");
        assertThatThrownBy(keyless::check)
                .hasMessageContaining("weighbridge.fetch.s3.signed.buckets: expected keys to sign with, got none");
    }
}
