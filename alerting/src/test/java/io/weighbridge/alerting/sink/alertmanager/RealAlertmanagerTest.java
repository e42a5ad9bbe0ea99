package io.weighbridge.alerting.sink.alertmanager;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.weighbridge.alerting.Occurrence;
import io.weighbridge.alerting.TestAlerts;
import io.weighbridge.alerting.message.CaseLinks;
import io.weighbridge.alerting.sink.AlertSink;
import io.weighbridge.alerting.sink.Delivery;
import io.weighbridge.alerting.sink.TestReceiver;
import io.weighbridge.schemas.Settings;
import io.weighbridge.schemas.avro.InfringementAlert;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Against prometheus-alertmanager itself. */
@Timeout(120)
class RealAlertmanagerTest {

    private static final Duration LONG = Duration.ofSeconds(30);
    private static final Delivery DELIVERED = new Delivery.Delivered();

    @TempDir
    private Path folder;

    private final TestReceiver receiver = new TestReceiver();
    private AlertmanagerProcess alertmanager;

    @BeforeEach
    void prepare() throws Exception {
        alertmanager = AlertmanagerProcess.notifying(receiver.url("/notified"), folder);
    }

    @AfterEach
    void stop() throws Exception {
        if (alertmanager != null) {
            alertmanager.close();
        }
        receiver.close();
    }

    @Test
    void shouldFireOneAlertForACaseAndUpdateItWithTheNextMatch() throws Exception {
        alertmanager.start();
        alertmanager.awaitReady();
        InfringementAlert later = TestAlerts.revision("r2", 10);

        assertThat(sink().deliver(TestAlerts.first())).isEqualTo(DELIVERED);
        assertThat(sink().deliver(TestAlerts.first())).isEqualTo(DELIVERED);
        assertThat(sink().deliver(later)).isEqualTo(DELIVERED);

        await().atMost(LONG)
                .until(() -> occurrence(alertmanager.alerts().path(0))
                        .equals(Occurrence.of(later).id()));
        JsonNode alerts = alertmanager.alerts();
        assertThat(alerts).hasSize(1);
        assertThat(alerts.at("/0/status/state").asText()).isEqualTo("active");
        assertThat(alerts.at("/0/labels/repo").asText()).isEqualTo("mallory/resnet-mini");
        assertThat(alerts.at("/0/generatorURL").asText()).isEqualTo("https://board.example/#/case/a3f1c0ffee");
    }

    @Test
    void shouldReachPeopleThroughIt() throws Exception {
        alertmanager.start();
        alertmanager.awaitReady();

        sink().deliver(TestAlerts.file(TestAlerts.first(), "odd \"name\"\n\u2028{{ .x }}"));

        await().atMost(LONG).until(() -> !receiver.received().isEmpty());
        JsonNode notified =
                new ObjectMapper().readTree(receiver.received().get(0).body());
        assertThat(notified.path("status").asText()).isEqualTo("firing");
        assertThat(notified.at("/alerts/0/annotations/summary").asText())
                .isEqualTo("mallory/resnet-mini matches Résnet mini 🐘, protected by alice");
        assertThat(notified.at("/alerts/0/annotations/description").asText()).contains("File: odd \"name\"??{{ .x }}");
    }

    @Test
    void shouldDeliverOnceItIsThere() throws Exception {
        var delivery = CompletableFuture.supplyAsync(() -> {
            try {
                return sink().deliver(TestAlerts.first());
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        alertmanager.start();

        assertThat(delivery.get()).isEqualTo(DELIVERED);
        await().atMost(LONG).until(() -> alertmanager.alerts().size() == 1);
    }

    private AlertSink sink() {
        var settings = new Settings(Map.of(
                "weighbridge.sink.alertmanager.url", alertmanager.url(),
                "weighbridge.sink.alertmanager.attempts", "1000",
                "weighbridge.sink.alertmanager.first.pause", "20",
                "weighbridge.sink.alertmanager.longest.pause", "100"));
        return new AlertmanagerSink(
                AlertmanagerSettings.of(settings).orElseThrow(), new CaseLinks(Optional.of("https://board.example")));
    }

    private static String occurrence(JsonNode alert) {
        return alert.at("/annotations/occurrence_id").asText();
    }
}
