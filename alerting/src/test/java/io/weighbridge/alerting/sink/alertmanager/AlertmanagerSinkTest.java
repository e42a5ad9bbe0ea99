package io.weighbridge.alerting.sink.alertmanager;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.weighbridge.alerting.TestAlerts;
import io.weighbridge.alerting.message.CaseLinks;
import io.weighbridge.alerting.sink.AlertSink;
import io.weighbridge.alerting.sink.Delivery;
import io.weighbridge.alerting.sink.HttpSinkContract;
import io.weighbridge.alerting.sink.SinkSettings;
import io.weighbridge.alerting.sink.TestReceiver;
import io.weighbridge.schemas.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AlertmanagerSinkTest extends HttpSinkContract {

    @TempDir
    private Path folder;

    @Override
    protected String kind() {
        return "alertmanager";
    }

    @Override
    protected Map<String, String> others() {
        return Map.of();
    }

    @Override
    protected AlertSink create(Settings settings) {
        return new AlertmanagerSink(AlertmanagerSettings.of(settings).orElseThrow(), CaseLinks.NONE);
    }

    @Test
    void shouldGiveEveryMatchOfACaseTheSameLabels() throws Exception {
        sink().deliver(TestAlerts.first());
        sink().deliver(TestAlerts.revision("r2", 10));

        assertThat(receiver.received().get(0).path()).isEqualTo("/hook-T/api/v2/alerts");
        assertThat(posted(0).path("labels")).isEqualTo(posted(1).path("labels"));
        assertThat(posted(0).path("annotations")).isNotEqualTo(posted(1).path("annotations"));
        assertThat(posted(0).path("labels").path("alert_id").asText()).isEqualTo("a3f1c0ffee");
    }

    @Test
    void shouldFireForTheTimeThatIsSet() throws Exception {
        Instant before = Instant.now();
        sink(Map.of("active", "PT2H")).deliver(TestAlerts.first());

        Instant end = Instant.parse(posted(0).path("endsAt").asText());
        assertThat(end)
                .isBetween(before.plus(Duration.ofHours(2)), Instant.now().plus(Duration.ofHours(2)));
        assertThat(Instant.parse(posted(0).path("startsAt").asText())).isBefore(end);
    }

    @Test
    void shouldShowATokenOrAPassword() throws Exception {
        sink(Map.of(
                        "token.file",
                        Files.writeString(folder.resolve("t"), "tok3n\n").toString()))
                .deliver(TestAlerts.first());
        sink(Map.of("user", "weigh", "password", "brïdge")).deliver(TestAlerts.first());

        assertThat(receiver.received())
                .extracting(request -> request.header("Authorization"))
                .containsExactly("Bearer tok3n", "Basic d2VpZ2g6YnLDr2RnZQ==");
    }

    @Test
    void shouldTellEveryInstanceAndBeContentWithOne() throws Exception {
        try (var other = new TestReceiver()) {
            AlertSink both = sink(Map.of("url", receiver.url("/") + "," + other.url("/")));
            receiver.answers(400).answers(503).answers(503);

            assertThat(both.deliver(TestAlerts.first())).isEqualTo(DELIVERED);
            assertThat(both.deliver(TestAlerts.first())).isEqualTo(DELIVERED);
            assertThat(both.deliver(TestAlerts.first())).isEqualTo(DELIVERED);

            assertThat(other.received()).hasSize(3);
            assertThat(receiver.received()).as("rests after its failure").hasSize(2);
        }
    }

    @Test
    void shouldTryAgainWhenOneInstanceRefusesAndTheOtherIsAway() throws Exception {
        try (var other = new TestReceiver()) {
            receiver.answers(400, 400);
            other.answers(503, 204);

            assertThat(sink(Map.of("url", receiver.url("/") + "," + other.url("/")))
                            .deliver(TestAlerts.first()))
                    .isEqualTo(DELIVERED);
            assertThat(other.received()).hasSize(2);
        }
    }

    @Test
    void shouldRefuseWhenEveryInstanceDoes() throws Exception {
        try (var other = new TestReceiver()) {
            receiver.answers(400);
            other.answers(401);

            assertThat(sink(Map.of("url", receiver.url("/") + "," + other.url("/")))
                            .deliver(TestAlerts.first()))
                    .isInstanceOf(Delivery.Refused.class);
        }
    }

    @Test
    void shouldNameWhatIsWrongWithoutSecrets() {
        assertThatThrownBy(() -> SinkSettings.from(new Settings(Map.of(
                        "weighbridge.sink.alertmanager.url", "http://am.example",
                        "weighbridge.sink.alertmanager.token", "s3cret one",
                        "weighbridge.sink.alertmanager.user", "weigh",
                        "weighbridge.sink.alertmanager.active", "PT0S",
                        "weighbridge.sink.link.base", "board.example"))))
                .hasMessageContaining("weighbridge.sink.alertmanager.token: expected this or a user with a password")
                .hasMessageContaining("weighbridge.sink.alertmanager.token: expected visible ASCII characters")
                .hasMessageContaining("weighbridge.sink.alertmanager.active: expected 1 ms or more")
                .hasMessageContaining("weighbridge.sink.link.base: expected http(s)://")
                .hasMessageNotContaining("s3cret");
    }

    private JsonNode posted(int index) throws IOException {
        return new ObjectMapper()
                .readTree(receiver.received().get(index).body())
                .path(0);
    }
}
