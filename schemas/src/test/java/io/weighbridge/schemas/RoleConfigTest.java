package io.weighbridge.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.apache.kafka.streams.StreamsConfig;
import org.junit.jupiter.api.Test;

class RoleConfigTest {

    @Test
    void shouldCopyInternalTopicsAsOftenAsTheOthers() {
        assertThat(replicas(Map.of())).as("as the brokers do").isEqualTo("-1");
        assertThat(replicas(Map.of(Topics.REPLICATION, "3"))).isEqualTo("3");
        assertThat(replicas(Map.of(Topics.REPLICATION, "3", StreamsConfig.REPLICATION_FACTOR_CONFIG, "2")))
                .as("Kafka's own setting wins")
                .isEqualTo("2");
    }

    private static Object replicas(Map<String, String> settings) {
        return RoleConfig.of(new Settings(settings), "matcher").get(StreamsConfig.REPLICATION_FACTOR_CONFIG);
    }
}
