package io.weighbridge.alerting;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Metrics;
import io.weighbridge.schemas.Topic;
import io.weighbridge.schemas.Topics;
import java.util.function.Function;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Named;

/**
 * Alerts to cases: one case for each alert id, updated by every further match of the same repository and protected model, by what people decide,
 * and by the rules that they set.
 */
public final class AlertingTopology {

    /** Store of the cases, by alert id. */
    public static final String CASES_STORE = "cases";

    /** Global store of suppressions, by their ids. */
    public static final String SUPPRESSIONS_STORE = "suppressions";

    /** Global store of protection policies, by protected model. */
    public static final String POLICIES_STORE = "protection-policies";

    static final String UPDATE_CASES = "update-cases";

    private AlertingTopology() {}

    /** The topology, metered in Micrometer's global registry. */
    public static Topology build(AlertingSettings settings) {
        return build(settings, Metrics.globalRegistry);
    }

    /** The topology, metered in the given registry. */
    public static Topology build(AlertingSettings settings, MeterRegistry registry) {
        Topics topics = settings.topics();
        var builder = new StreamsBuilder(settings.topologyConfig());
        var changes = new RuleChanges();
        changes.follow(builder, topics.suppressions(), SUPPRESSIONS_STORE);
        changes.follow(builder, topics.protectionPolicies(), POLICIES_STORE);
        var outputs = inputs(builder, topics)
                .process(new UpdateCases(topics, new AlertMetrics(registry), changes), Named.as(UPDATE_CASES));
        send(outputs, CaseOutput.Changed.class, CaseOutput.Changed::present, topics.infringementCases(), "cases");
        send(outputs, CaseOutput.Released.class, CaseOutput.Released::alert, topics.infringementAlerts(), "released");
        send(
                outputs,
                CaseOutput.Dismissal.class,
                CaseOutput.Dismissal::suppression,
                topics.suppressions(),
                "dismissals");
        send(outputs, CaseOutput.Refused.class, CaseOutput.Refused::letter, topics.deadLetters(), "dead-letters");
        return builder.build();
    }

    private static KStream<String, CaseInput> inputs(StreamsBuilder builder, Topics topics) {
        KStream<String, CaseInput> alerts = builder.stream(
                        topics.infringementAlerts().name(),
                        topics.infringementAlerts().readAs("read-alerts"))
                .mapValues(CaseInput.Matched::new, Named.as("take-alerts"));
        KStream<String, CaseInput> held = builder.stream(
                        topics.heldAlerts().name(), topics.heldAlerts().readAs("read-held-alerts"))
                .mapValues(CaseInput.Matched::new, Named.as("take-held-alerts"));
        KStream<String, CaseInput> decisions = builder.stream(
                        topics.caseDecisions().name(), topics.caseDecisions().readAs("read-decisions"))
                .mapValues(CaseInput.Decided::new, Named.as("take-decisions"));
        return alerts.merge(held, Named.as("merge-alerts")).merge(decisions, Named.as("merge-decisions"));
    }

    private static <T extends CaseOutput, V> void send(
            KStream<String, CaseOutput> outputs,
            Class<T> kind,
            Function<T, V> content,
            Topic<String, V> topic,
            String name) {
        outputs.filter((key, output) -> kind.isInstance(output), Named.as("take-" + name))
                .mapValues(output -> content.apply(kind.cast(output)), Named.as("unwrap-" + name))
                .to(topic.name(), topic.writeAs("write-" + name));
    }
}
