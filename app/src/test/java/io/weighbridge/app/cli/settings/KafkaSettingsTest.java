package io.weighbridge.app.cli.settings;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KafkaSettingsTest {

    @ParameterizedTest
    @CsvSource({
        "securty.protocol, security.protocol",
        "sasl.jass.config, sasl.jaas.config",
        "num.stream.thread, num.stream.threads",
        "consumer.max.poll.record, consumer.max.poll.records",
        "producer.lingr.ms, producer.linger.ms",
        "basic.auth.user.inof, basic.auth.user.info",
        "schema.registy.url, schema.registry.url"
    })
    void shouldKnowWhatASlipMeant(String given, String meant) {
        assertThat(KafkaSettings.mistypedIn(given)).contains(meant);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "security.protocol",
                "ssl.truststore.location",
                "sasl.jaas.config",
                "main.consumer.max.poll.records",
                "producer.compression.type",
                "topic.retention.ms",
                "schema.registry.ssl.truststore.location",
                "my.interceptor.endpoint",
                "acks",
                "state.dir",
                "application.server"
            })
    void shouldLetPassWhatIsKafkasOrAPlugins(String name) {
        assertThat(KafkaSettings.mistypedIn(name)).isEmpty();
    }

    @Test
    void shouldKnowSecrets() {
        assertThat(KafkaSettings.isSecret("sasl.jaas.config")).isTrue();
        assertThat(KafkaSettings.isSecret("consumer.ssl.key.password")).isTrue();
        assertThat(KafkaSettings.isSecret("basic.auth.user.info")).isTrue();
        assertThat(KafkaSettings.isSecret("basic.auth.credentials.source")).isFalse();
        assertThat(KafkaSettings.isSecret("security.protocol")).isFalse();
    }
}
