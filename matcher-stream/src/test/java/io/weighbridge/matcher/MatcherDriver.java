package io.weighbridge.matcher;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.weighbridge.hash.HashAlgorithm;
import io.weighbridge.matcher.store.SubstringStore;
import io.weighbridge.schemas.Settings;
import io.weighbridge.schemas.TestTopics;
import io.weighbridge.schemas.avro.DeadLetter;
import io.weighbridge.schemas.avro.InfringementAlert;
import io.weighbridge.schemas.avro.ModelCode;
import io.weighbridge.schemas.avro.ProtectionPolicy;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;

/** The matcher's topology with real stores, without a broker. */
final class MatcherDriver implements AutoCloseable {

    private final TopologyTestDriver driver;
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final TestInputTopic<String, ModelCode> uploads;
    private final TestInputTopic<String, ModelCode> protections;
    private final TestInputTopic<String, ProtectionPolicy> policies;
    private final TestOutputTopic<String, InfringementAlert> alerts;
    private final TestOutputTopic<String, InfringementAlert> heldAlerts;
    private final TestOutputTopic<String, byte[]> alertBytes;
    private final TestOutputTopic<String, DeadLetter> deadLetters;

    MatcherDriver(Path folder, Map<String, String> settings, HashAlgorithm... algorithms) {
        this(folder, TestTopics.mock().with(settings), List.of(algorithms));
    }

    MatcherDriver(Path folder, Settings with, Collection<HashAlgorithm> algorithms) {
        var settings = MatcherSettings.from(with, algorithms);
        var config = new Properties();
        config.putAll(settings.streams());
        config.put(StreamsConfig.STATE_DIR_CONFIG, folder.toString());
        driver = new TopologyTestDriver(MatcherTopology.build(settings, registry), config, TestEvents.START);
        var topics = settings.topics();
        var string = new StringDeserializer();
        uploads = driver.createInputTopic(
                topics.modelCodes().name(),
                topics.modelCodes().key().serializer(),
                topics.modelCodes().value().serializer());
        protections = driver.createInputTopic(
                topics.protectedCodes().name(),
                topics.protectedCodes().key().serializer(),
                topics.protectedCodes().value().serializer());
        policies = driver.createInputTopic(
                topics.protectionPolicies().name(),
                topics.protectionPolicies().key().serializer(),
                topics.protectionPolicies().value().serializer());
        String alertTopic = topics.infringementAlerts().name();
        alerts = driver.createOutputTopic(
                alertTopic, string, topics.infringementAlerts().value().deserializer());
        heldAlerts = driver.createOutputTopic(
                topics.heldAlerts().name(), string, topics.heldAlerts().value().deserializer());
        alertBytes = driver.createOutputTopic(alertTopic, string, new ByteArrayDeserializer());
        deadLetters = driver.createOutputTopic(
                topics.deadLetters().name(),
                string,
                topics.deadLetters().value().deserializer());
    }

    void upload(ModelCode value) {
        upload(value, value.getUpload().getUploadedAt());
    }

    void upload(ModelCode value, Instant arrivedAt) {
        var upload = value.getUpload();
        uploads.pipeInput(upload.getHub() + "/" + upload.getRepo(), value, arrivedAt);
        gather();
    }

    void protect(ModelCode value) {
        protect(value, value.getProtectedModel().getProtectedAt());
    }

    void protect(ModelCode value, Instant arrivedAt) {
        protections.pipeInput(value.getProtectedModel().getId(), value, arrivedAt);
        gather();
    }

    void protectUnder(String key, ModelCode value) {
        protections.pipeInput(key, value, TestEvents.START);
        gather();
    }

    void withdraw(String id, Instant at) {
        protections.pipeInput(id, null, at);
        gather();
    }

    /** @param policy null restores the defaults */
    void policy(String protectedModelId, ProtectionPolicy policy) {
        policies.pipeInput(protectedModelId, policy, TestEvents.START);
    }

    List<InfringementAlert> alerts() {
        return alerts.readValuesToList();
    }

    List<TestRecord<String, InfringementAlert>> alertRecords() {
        return alerts.readRecordsToList();
    }

    List<TestRecord<String, byte[]>> alertBytes() {
        return alertBytes.readRecordsToList();
    }

    List<TestRecord<String, DeadLetter>> deadLetters() {
        return deadLetters.readRecordsToList();
    }

    List<InfringementAlert> heldAlerts() {
        return heldAlerts.readValuesToList();
    }

    /** Lets the searches run that wait for company. */
    private void gather() {
        driver.advanceWallClockTime(Duration.ofMillis(10));
    }

    void run(Duration wallClock) {
        driver.advanceWallClockTime(wallClock);
    }

    /** How many entries the index holds. */
    long entries() {
        return ((SubstringStore) driver.getStateStore(JoinSubstrings.ENTRIES)).size();
    }

    SimpleMeterRegistry registry() {
        return registry;
    }

    @Override
    public void close() {
        driver.close();
    }
}
