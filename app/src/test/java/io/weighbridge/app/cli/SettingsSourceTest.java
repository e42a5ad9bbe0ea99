package io.weighbridge.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsSourceTest {

    @Test
    void shouldNameSettingsByVariables() {
        var settings = SettingsSource.environment(Map.of(
                "WEIGHBRIDGE_BOOTSTRAP_SERVERS", "kafka:9092",
                "WEIGHBRIDGE_SCHEMA_REGISTRY", "http://registry:8081",
                "WEIGHBRIDGE_FETCH_MAX_BYTES", "1000",
                "WEIGHBRIDGE_KAFKA_SECURITY_PROTOCOL", "SASL_SSL"));

        assertThat(settings)
                .containsOnly(
                        Map.entry("bootstrap.servers", "kafka:9092"),
                        Map.entry("schema.registry.url", "http://registry:8081"),
                        Map.entry("weighbridge.fetch.max.bytes", "1000"),
                        Map.entry("security.protocol", "SASL_SSL"));
    }

    @Test
    void shouldPassOverVariablesThatAreNotSettings() {
        assertThat(SettingsSource.environment(
                        Map.of("WEIGHBRIDGE_LOG", "DEBUG", "WEIGHBRIDGE_PORT", "1", "PATH", "/bin")))
                .isEmpty();
    }

    @Test
    void shouldReadAPropertiesFile(@TempDir Path folder) throws IOException {
        Path file =
                Files.writeString(folder.resolve("client.properties"), "sasl.mechanism=PLAIN\n# a remark\nb = c d\n");

        assertThat(SettingsSource.file(file)).containsOnly(Map.entry("sasl.mechanism", "PLAIN"), Map.entry("b", "c d"));
    }

    @Test
    void shouldNameAFileThatCannotBeRead(@TempDir Path folder) {
        assertThatThrownBy(() -> SettingsSource.file(folder.resolve("none.properties")))
                .isInstanceOf(CommandException.class)
                .hasMessageContaining("none.properties");
    }
}
