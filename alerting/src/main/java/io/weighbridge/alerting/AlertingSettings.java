package io.weighbridge.alerting;

import io.weighbridge.schemas.RoleConfig;
import io.weighbridge.schemas.Settings;
import io.weighbridge.schemas.Topics;
import java.util.Properties;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TopologyConfig;

/**
 * What the alerting topology is told.
 *
 * @param streams configuration of the streams application
 */
public record AlertingSettings(Topics topics, Properties streams) {

    /** Name of the role, and the end of its application id. */
    public static final String ROLE = "alerting";

    /**
     * Reads every setting of the topology.
     *
     * @throws IllegalArgumentException naming each setting that is wrong
     */
    public static AlertingSettings from(Settings settings) {
        settings.check();
        return new AlertingSettings(Topics.of(settings), RoleConfig.of(settings, ROLE));
    }

    TopologyConfig topologyConfig() {
        return new TopologyConfig(new StreamsConfig(streams));
    }

    /** Without the values, which hold passwords. */
    @Override
    public String toString() {
        return "AlertingSettings" + streams.keySet();
    }
}
