package io.weighbridge.alerting;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.weighbridge.schemas.TestRecords;
import io.weighbridge.schemas.TestTopics;
import io.weighbridge.schemas.Topic;
import io.weighbridge.schemas.avro.CaseDecision;
import io.weighbridge.schemas.avro.CaseState;
import io.weighbridge.schemas.avro.DeadLetter;
import io.weighbridge.schemas.avro.InfringementAlert;
import io.weighbridge.schemas.avro.InfringementCase;
import io.weighbridge.schemas.avro.ProtectionPolicy;
import io.weighbridge.schemas.avro.Suppression;
import io.weighbridge.schemas.avro.Verdict;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Properties;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;

/** The alerting topology with real stores, without a broker. */
final class AlertingDriver implements AutoCloseable {

    /** The clock at the start. */
    static final Instant START = TestRecords.UPLOADED_AT.plusSeconds(3);

    private final AlertingSettings settings = AlertingSettings.from(TestTopics.mock());
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final TopologyTestDriver driver;
    private final TestInputTopic<String, InfringementAlert> alerts;
    private final TestInputTopic<String, InfringementAlert> heldAlerts;
    private final TestInputTopic<String, CaseDecision> decisions;
    private final TestInputTopic<String, Suppression> suppressions;
    private final TestInputTopic<String, ProtectionPolicy> policies;
    private final TestOutputTopic<String, InfringementCase> cases;
    private final TestOutputTopic<String, InfringementAlert> released;
    private final TestOutputTopic<String, Suppression> dismissals;
    private final TestOutputTopic<String, DeadLetter> deadLetters;
    private int decided;

    AlertingDriver(Path folder) {
        var streams = new Properties();
        streams.putAll(settings.streams());
        streams.put(StreamsConfig.STATE_DIR_CONFIG, folder.toString());
        driver = new TopologyTestDriver(AlertingTopology.build(settings, registry), streams, START);
        var topics = settings.topics();
        alerts = input(topics.infringementAlerts());
        heldAlerts = input(topics.heldAlerts());
        decisions = input(topics.caseDecisions());
        suppressions = input(topics.suppressions());
        policies = input(topics.protectionPolicies());
        cases = output(topics.infringementCases());
        released = output(topics.infringementAlerts());
        dismissals = output(topics.suppressions());
        deadLetters = output(topics.deadLetters());
    }

    /** An alert, on the topic that it belongs on. */
    void match(InfringementAlert alert) {
        (alert.getHeld() == null ? alerts : heldAlerts).pipeInput(alert.getAlertId(), alert);
    }

    /** Ann decides on the case of the sample alert as it is. */
    void decide(CaseState state, Verdict verdict) {
        decide(decision(state, verdict));
    }

    void decide(CaseDecision decision) {
        decisions.pipeInput(decision.getAlertId(), decision);
    }

    /** A decision of ann on the case of the sample alert as it is. */
    CaseDecision decision(CaseState state, Verdict verdict) {
        var known = present();
        return CaseDecision.newBuilder(TestRecords.caseDecision())
                .setId("decision-" + ++decided)
                .setState(state)
                .setVerdict(verdict)
                .setDecidedAt(START)
                .setEvidenceVersion(known == null ? 1 : known.getOccurrences())
                .build();
    }

    void suppress(Suppression suppression) {
        suppressions.pipeInput(suppression.getId(), suppression);
    }

    void lift(String suppressionId) {
        suppressions.pipeInput(suppressionId, null);
    }

    void policy(ProtectionPolicy policy) {
        policies.pipeInput(policy.getProtectedModelId(), policy);
    }

    /** Lets time pass, in which cases are looked through. */
    void pass(Duration time) {
        driver.advanceWallClockTime(time);
    }

    /** The case of the sample alert as it is kept. */
    InfringementCase present() {
        return driver.<String, InfringementCase>getKeyValueStore(AlertingTopology.CASES_STORE)
                .get(TestAlerts.first().getAlertId());
    }

    TestOutputTopic<String, InfringementCase> cases() {
        return cases;
    }

    TestOutputTopic<String, InfringementAlert> released() {
        return released;
    }

    TestOutputTopic<String, Suppression> dismissals() {
        return dismissals;
    }

    TestOutputTopic<String, DeadLetter> deadLetters() {
        return deadLetters;
    }

    SimpleMeterRegistry registry() {
        return registry;
    }

    @Override
    public void close() {
        driver.close();
    }

    private <V> TestInputTopic<String, V> input(Topic<String, V> topic) {
        return driver.createInputTopic(
                topic.name(), topic.key().serializer(), topic.value().serializer());
    }

    private <V> TestOutputTopic<String, V> output(Topic<String, V> topic) {
        return driver.createOutputTopic(
                topic.name(), topic.key().deserializer(), topic.value().deserializer());
    }
}
