package io.weighbridge.app.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.weighbridge.app.client.TopicAdmin;
import io.weighbridge.schemas.Settings;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReplayStageTest {

    @TempDir
    private Path folder;

    @Test
    void shouldKeepRecordsOfYearsAgoWhateverTheLiveSystemDoes() throws Exception {
        var plan = new ReplayPlan(ReplayInput.CODES, Instant.EPOCH, Instant.now(), Map.of(), 1);
        var live = new Settings(Map.of(TopicAdmin.RETENTION, "P1D"));
        try (var stage = ReplayStage.open(folder, live, plan);
                var admin = stage.cluster().admin()) {
            String codes = stage.cluster().topics().modelCodes().name();
            var resource = new ConfigResource(ConfigResource.Type.TOPIC, codes);
            var config = admin.describeConfigs(List.of(resource)).all().get().get(resource);
            long keptMillis =
                    Long.parseLong(config.get(TopicConfig.RETENTION_MS_CONFIG).value());
            assertThat(Duration.ofMillis(keptMillis)).isGreaterThan(Duration.ofDays(20_000));
        }
    }
}
