package io.weighbridge.alerting.sink.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.weighbridge.alerting.AlertJson;
import io.weighbridge.alerting.TestAlerts;
import io.weighbridge.alerting.sink.AlertSink;
import io.weighbridge.alerting.sink.HttpSinkContract;
import io.weighbridge.alerting.sink.TestReceiver.Received;
import io.weighbridge.schemas.Settings;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

class WebhookSinkTest extends HttpSinkContract {

    @Override
    protected String kind() {
        return "webhook";
    }

    @Override
    protected Map<String, String> others() {
        return Map.of("url", receiver.url("/hook-T?token=T"), "secret", "s3cret");
    }

    @Override
    protected AlertSink create(Settings settings) {
        return new WebhookSink(WebhookSettings.all(settings).get(0));
    }

    @Test
    void shouldPostTheAlertAsJson() throws Exception {
        sink().deliver(TestAlerts.first());

        var request = receiver.received().get(0);
        assertThat(request.path()).isEqualTo("/hook-T?token=T");
        assertThat(new ObjectMapper().readTree(request.body()))
                .isEqualTo(new ObjectMapper()
                        .readTree(AlertJson.of(TestAlerts.first()).toString()));
    }

    @Test
    void shouldSignTimeAndBody() throws Exception {
        sink().deliver(TestAlerts.first());

        var request = receiver.received().get(0);
        var parts = request.header("Weighbridge-signature").split("[=,]");
        assertThat(parts).hasSize(4);
        assertThat(parts[0]).isEqualTo("t");
        assertThat(parts[2]).isEqualTo("v1");
        assertThat(Long.parseLong(parts[1])).isCloseTo(Instant.now().getEpochSecond(), within(30L));
        assertThat(parts[3]).isEqualTo(hmac("s3cret", parts[1] + "." + request.text()));
        assertThat(parts[3]).isNotEqualTo(hmac("another", parts[1] + "." + request.text()));
    }

    @Test
    void shouldSendTheSameKeyForTheSameOccurrenceAndAnotherForAnother() throws Exception {
        AlertSink sink = sink();
        receiver.answers(503);
        sink.deliver(TestAlerts.first());
        sink.deliver(TestAlerts.first());
        sink.deliver(TestAlerts.revision("r2", 1));

        assertThat(receiver.received()).hasSize(4);
        assertThat(receiver.received().subList(0, 3))
                .extracting(WebhookSinkTest::key)
                .containsOnly("46c25d54eb5c0cb63d601c1c03073ab6");
        assertThat(key(receiver.received().get(3))).isNotEqualTo("46c25d54eb5c0cb63d601c1c03073ab6");
    }

    private static String key(Received request) {
        return request.header("Idempotency-key");
    }

    /** Written apart from the code under test. */
    private static String hmac(String secret, String text) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        return String.format("%064x", new BigInteger(1, mac.doFinal(text.getBytes(StandardCharsets.UTF_8))));
    }
}
