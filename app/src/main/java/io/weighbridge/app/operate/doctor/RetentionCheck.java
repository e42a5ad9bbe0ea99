package io.weighbridge.app.operate.doctor;

import io.weighbridge.app.client.Asking;
import io.weighbridge.app.client.Cluster;
import io.weighbridge.app.client.TopicAdmin;
import io.weighbridge.schemas.Topic;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;

/** Whether topics of records in time keep them as long as the settings say. */
record RetentionCheck(Cluster cluster, Admin admin) {

    /** @param names of topics that are there */
    void examine(List<String> names, Findings findings) {
        var expected = new TopicAdmin(cluster).retention();
        var resources = cluster.topics().all().stream()
                .filter(topic -> topic.keeping() == Topic.Keeping.FOR_A_TIME && names.contains(topic.name()))
                .map(topic -> new ConfigResource(ConfigResource.Type.TOPIC, topic.name()))
                .toList();
        Asking.get(admin.describeConfigs(resources).all()).forEach((topic, config) -> {
            long millis =
                    Long.parseLong(config.get(TopicConfig.RETENTION_MS_CONFIG).value());
            if (millis >= 0 && millis < expected.toMillis()) {
                findings.warn(
                        topic.name() + ": kept for " + Duration.ofMillis(millis) + ", " + TopicAdmin.RETENTION + " is "
                                + expected,
                        "set its retention.ms with kafka-configs.sh, or the setting to what is wanted");
            }
        });
    }
}
