package io.weighbridge.alerting;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Metrics;
import io.weighbridge.schemas.Topics;
import io.weighbridge.schemas.avro.InfringementAlert;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Named;

/** Alerts to cases: one case for each alert id, updated by every further match of the same repository and protected model. */
public final class AlertingTopology {

    /** Store of the cases, by alert id. */
    public static final String CASES_STORE = "cases";

    private AlertingTopology() {}

    /** The topology, metered in Micrometer's global registry. */
    public static Topology build(AlertingSettings settings) {
        return build(settings, Metrics.globalRegistry);
    }

    /** The topology, metered in the given registry. */
    public static Topology build(AlertingSettings settings, MeterRegistry registry) {
        Topics topics = settings.topics();
        var builder = new StreamsBuilder(settings.topologyConfig());
        var alerts = builder.stream(
                topics.infringementAlerts().name(), topics.infringementAlerts().readAs("read-alerts"));
        alerts.filter(AlertingTopology::isKeyed, Named.as("keep-keyed"))
                .process(new UpdateCases(topics, new AlertMetrics(registry)), Named.as("update-cases"))
                .to(
                        topics.infringementCases().name(),
                        topics.infringementCases().writeAs("write-cases"));
        alerts.filterNot(AlertingTopology::isKeyed, Named.as("keep-unkeyed"))
                .process(() -> new RefuseAlert(topics), Named.as("refuse-alert"))
                .to(topics.deadLetters().name(), topics.deadLetters().writeAs("write-dead-letters"));
        return builder.build();
    }

    /** A case is found by the key of its alerts, so a record under any other key would open a second case. */
    private static boolean isKeyed(String key, InfringementAlert alert) {
        return alert != null && alert.getAlertId().equals(key);
    }
}
