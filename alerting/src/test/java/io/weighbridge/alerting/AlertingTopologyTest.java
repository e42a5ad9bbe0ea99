package io.weighbridge.alerting;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.weighbridge.schemas.Settings;
import io.weighbridge.schemas.TestRecords;
import io.weighbridge.schemas.TestTopics;
import io.weighbridge.schemas.avro.DeadLetter;
import io.weighbridge.schemas.avro.InfringementAlert;
import io.weighbridge.schemas.avro.InfringementCase;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AlertingTopologyTest {

    private final Settings settings = TestTopics.mock();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final AlertingSettings alerting = AlertingSettings.from(settings);

    @TempDir
    private Path stateDir;

    private TopologyTestDriver driver;
    private TestInputTopic<String, InfringementAlert> alerts;
    private TestOutputTopic<String, InfringementCase> cases;
    private TestOutputTopic<String, DeadLetter> deadLetters;

    @BeforeEach
    void start() {
        var streams = new Properties();
        streams.putAll(alerting.streams());
        streams.put(StreamsConfig.STATE_DIR_CONFIG, stateDir.toString());
        driver = new TopologyTestDriver(
                AlertingTopology.build(alerting, registry), streams, TestRecords.UPLOADED_AT.plusSeconds(3));
        var topics = alerting.topics();
        alerts = driver.createInputTopic(
                topics.infringementAlerts().name(),
                topics.infringementAlerts().key().serializer(),
                topics.infringementAlerts().value().serializer());
        cases = driver.createOutputTopic(
                topics.infringementCases().name(),
                topics.infringementCases().key().deserializer(),
                topics.infringementCases().value().deserializer());
        deadLetters = driver.createOutputTopic(
                topics.deadLetters().name(),
                topics.deadLetters().key().deserializer(),
                topics.deadLetters().value().deserializer());
    }

    @AfterEach
    void stop() {
        if (driver != null) {
            driver.close();
        }
    }

    @Test
    void shouldBeTheCommittedTopology() throws IOException {
        try (var in = Objects.requireNonNull(getClass().getResourceAsStream("/topology.txt"), "topology.txt")) {
            String committed = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            assertThat(AlertingTopology.build(alerting, registry).describe().toString())
                    .isEqualTo(committed);
        }
    }

    @Test
    void shouldNameEveryNode() {
        assertThat(AlertingTopology.build(alerting, registry).describe().toString())
                .doesNotContain("KSTREAM-")
                .doesNotContain("KTABLE-");
    }

    @Test
    void shouldLogItsStoreUnderItsName() {
        send(TestAlerts.first());

        assertThat(driver.producedTopicNames()).contains("weighbridge-alerting-cases-changelog");
    }

    @Test
    void shouldOpenACaseAndUpdateItWithALaterRevision() {
        send(TestAlerts.first());
        driver.advanceWallClockTime(Duration.ofMinutes(1));
        send(TestAlerts.revision("r2", 1));

        var records = cases.readRecordsToList();
        assertThat(records)
                .extracting(TestRecord::key)
                .containsOnly("a3f1c0ffee")
                .hasSize(2);
        InfringementCase updated = records.get(1).value();
        assertThat(updated.getRevisions()).containsExactly("main", "r2");
        assertThat(updated.getFirstSeenAt()).isEqualTo(TestRecords.UPLOADED_AT.plusSeconds(3));
        assertThat(updated.getLastSeenAt()).isEqualTo(TestRecords.UPLOADED_AT.plusSeconds(63));
        assertThat(driver.<String, InfringementCase>getKeyValueStore(AlertingTopology.CASES_STORE)
                        .get("a3f1c0ffee"))
                .isEqualTo(updated);
    }

    @Test
    void shouldSendNothingWhenAnAlertIsDeliveredAgain() {
        send(TestAlerts.first());
        send(TestAlerts.first());

        assertThat(cases.readRecordsToList()).hasSize(1);
        assertThat(registry.counter(AlertMetrics.RECEIVED).count()).isEqualTo(2);
        assertThat(registry.timer(AlertMetrics.LATENCY).count()).isEqualTo(1);
    }

    @Test
    void shouldKeepCasesApart() {
        send(TestAlerts.first());
        send(InfringementAlert.newBuilder(TestAlerts.first()).setAlertId("b2").build());

        assertThat(cases.readKeyValuesToMap()).containsOnlyKeys("a3f1c0ffee", "b2");
        assertThat(openCases()).isEqualTo(2);
    }

    @Test
    void shouldMeasureFromTheUploadToTheCase() {
        send(TestAlerts.first());

        assertThat(registry.timer(AlertMetrics.LATENCY).totalTime(TimeUnit.MILLISECONDS))
                .isEqualTo(3000);
    }

    @Test
    void shouldNotMeasureLessThanNothingWhenTheClockOfAHubIsAhead() {
        send(TestAlerts.revision("r2", 60));

        assertThat(registry.timer(AlertMetrics.LATENCY).count()).isEqualTo(1);
        assertThat(registry.timer(AlertMetrics.LATENCY).totalTime(TimeUnit.MILLISECONDS))
                .isZero();
    }

    @Test
    void shouldCountOnlyTheCasesItOwns() {
        send(TestAlerts.first());
        assertThat(openCases()).isEqualTo(1);

        driver.close();
        driver = null;

        assertThat(openCases()).isZero();
    }

    @Test
    void shouldReplaceTheAttributesOfTheAlertByThoseOfTheCase() {
        Headers ofAlert = new RecordHeaders()
                .add("ce_id", "alert-1".getBytes(StandardCharsets.UTF_8))
                .add("traceparent", "00-1-2-00".getBytes(StandardCharsets.UTF_8));
        alerts.pipeInput(new TestRecord<>("a3f1c0ffee", TestAlerts.first(), ofAlert, TestRecords.UPLOADED_AT));
        send(TestAlerts.revision("r2", 1));

        var records = cases.readRecordsToList();
        assertThat(headers(records.get(0)))
                .isEqualTo(Map.of(
                        "ce_specversion", "1.0",
                        "ce_id", "a3f1c0ffee-1",
                        "ce_source", "/weighbridge/alerting",
                        "ce_type", "io.weighbridge.case.opened.v1",
                        "ce_time", "2026-02-03T04:05:09.789Z",
                        "traceparent", "00-1-2-00"));
        assertThat(headers(records.get(1)))
                .containsEntry("ce_id", "a3f1c0ffee-2")
                .containsEntry("ce_type", "io.weighbridge.case.updated.v1");
    }

    @Test
    void shouldPutAsideAnAlertUnderAnotherKey() {
        alerts.pipeInput("another", TestAlerts.first());
        alerts.pipeInput(null, TestAlerts.first());

        assertThat(cases.isEmpty()).isTrue();
        var letters = deadLetters.readKeyValuesToList();
        assertThat(letters)
                .extracting(letter -> letter.key)
                .containsExactly("infringement-alerts.v1-0-0", "infringement-alerts.v1-0-1");
        assertThat(letters)
                .extracting(letter -> letter.value.getCause())
                .containsExactly(
                        "key: expected the alert id a3f1c0ffee, got another",
                        "key: expected the alert id a3f1c0ffee, got null");
        assertThat(alertIn(letters.get(0).value.getValue())).isEqualTo(TestAlerts.first());
        assertThat(StandardCharsets.UTF_8.decode(letters.get(0).value.getKey()).toString())
                .isEqualTo("another");
    }

    @Test
    void shouldDateADeadLetterByItsFailure() {
        alerts.pipeInput("another", TestAlerts.first(), TestRecords.UPLOADED_AT);

        var letter = deadLetters.readRecord();
        var failedAt = TestRecords.UPLOADED_AT.plusSeconds(3);
        assertThat(letter.value().getFailedAt()).isEqualTo(failedAt);
        assertThat(letter.getRecordTime()).isEqualTo(failedAt);
    }

    @Test
    void shouldPutAsideANullAlert() {
        alerts.pipeInput("a3f1c0ffee", null);

        assertThat(cases.isEmpty()).isTrue();
        assertThat(deadLetters.readValue().getCause()).isEqualTo("value: expected an alert, got null");
    }

    private void send(InfringementAlert alert) {
        alerts.pipeInput(alert.getAlertId(), alert);
    }

    private double openCases() {
        return registry.get(AlertMetrics.OPEN).gauge().value();
    }

    private InfringementAlert alertIn(ByteBuffer value) {
        byte[] bytes = new byte[value.remaining()];
        value.get(bytes);
        var topic = alerting.topics().infringementAlerts();
        return topic.value().deserializer().deserialize(topic.name(), bytes);
    }

    private static Map<String, String> headers(TestRecord<?, ?> record) {
        var headers = new TreeMap<String, String>();
        record.headers()
                .forEach(header -> headers.put(header.key(), new String(header.value(), StandardCharsets.UTF_8)));
        return headers;
    }
}
