package io.weighbridge.app.cli.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weighbridge.app.cli.CommandException;
import io.weighbridge.app.life.SettingsReaders;
import io.weighbridge.schemas.SettingsException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GivenSettingsTest {

    @TempDir
    private Path folder;

    @Test
    void shouldNameSettingsByVariables() {
        var settings = Environment.settings(Map.of(
                "WEIGHBRIDGE_BOOTSTRAP_SERVERS", "kafka:9092",
                "WEIGHBRIDGE_SCHEMA_REGISTRY", "http://registry:8081",
                "WEIGHBRIDGE_FETCH_MAX_BYTES", "1000",
                "WEIGHBRIDGE_KAFKA_SECURITY_PROTOCOL", "SASL_SSL"));

        assertThat(settings)
                .containsOnly(
                        Map.entry("bootstrap.servers", new Given("kafka:9092", "WEIGHBRIDGE_BOOTSTRAP_SERVERS")),
                        Map.entry(
                                "schema.registry.url",
                                new Given("http://registry:8081", "WEIGHBRIDGE_SCHEMA_REGISTRY")),
                        Map.entry("weighbridge.fetch.max.bytes", new Given("1000", "WEIGHBRIDGE_FETCH_MAX_BYTES")),
                        Map.entry("security.protocol", new Given("SASL_SSL", "WEIGHBRIDGE_KAFKA_SECURITY_PROTOCOL")));
    }

    @Test
    void shouldPassOverVariablesThatAreNotSettings() {
        assertThat(Environment.settings(Map.of(
                        "WEIGHBRIDGE_LOG", "DEBUG",
                        "WEIGHBRIDGE_PORT", "1",
                        "WEIGHBRIDGE_REQUIRE_PEERS", "true",
                        "PATH", "/bin")))
                .isEmpty();
    }

    @Test
    void shouldPassOverWhatKubernetesTellsOfAServiceOfOurName() {
        assertThat(Environment.settings(Map.of(
                        "WEIGHBRIDGE_MATCHER_SERVICE_HOST", "10.0.0.1",
                        "WEIGHBRIDGE_SERVICE_PORT_HTTP", "8470",
                        "WEIGHBRIDGE_MATCHER_PORT", "tcp://10.0.0.1:8473",
                        "WEIGHBRIDGE_MATCHER_PORT_8473_TCP_ADDR", "10.0.0.1")))
                .isEmpty();
    }

    @Test
    void shouldReadAPropertiesFile() throws IOException {
        Path file = write("sasl.mechanism=PLAIN\n# a remark \\\nb = c d\nlong = one, \\\n  two\nlast=x\n");

        assertThat(ConfigFile.read(file))
                .containsOnly(
                        Map.entry("sasl.mechanism", new Given("PLAIN", file + ":1")),
                        Map.entry("b", new Given("c d", file + ":3")),
                        Map.entry("long", new Given("one, two", file + ":4")),
                        Map.entry("last", new Given("x", file + ":6")));
    }

    @Test
    void shouldNameAFileThatCannotBeRead() {
        assertThatThrownBy(() -> GivenSettings.ofFile(folder.resolve("none.properties")))
                .isInstanceOf(CommandException.class)
                .hasMessageContaining("none.properties");
    }

    @Test
    void shouldTellAllThatIsWrongALineEach() throws IOException {
        Path file = write(
                "schema.registry.url=mock://x\nweighbridge.fetch.max.byte=1\nweighbridge.scan.window=0\nsecurty.protocol=SSL\n"
                        + "weighbridge.sink.webhook.url=http://localhost/\nmy.own.plugin=x\n");
        var settings = GivenSettings.ofFile(file).settings();

        assertThatThrownBy(() -> settings.checkAll(SettingsReaders.openStack()))
                .isInstanceOf(SettingsException.class)
                .hasMessage("""
                        settings:
                          securty.protocol: expected security.protocol, got a name that neither Kafka nor a registry knows (%1$s:4)
                          weighbridge.fetch.max.byte: there is no such setting; did you mean weighbridge.fetch.max.bytes? (%1$s:2)
                          weighbridge.scan.window: expected at least 1, got 0 (%1$s:3)
                          weighbridge.sink.webhook.secret: expected this or weighbridge.sink.webhook.secret.file, got neither\
                        """.formatted(file));
    }

    private Path write(String text) throws IOException {
        return Files.writeString(folder.resolve("client.properties"), text);
    }
}
