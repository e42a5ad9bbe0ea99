package io.weighbridge.alerting.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.weighbridge.alerting.AlertJson;
import io.weighbridge.alerting.TestAlerts;
import io.weighbridge.schemas.Settings;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

@Timeout(30)
class WebhookSinkTest {

    private static final Delivery DELIVERED = new Delivery.Delivered();

    private final TestReceiver receiver = new TestReceiver();

    @AfterEach
    void close() {
        receiver.close();
    }

    @Test
    void shouldPostTheAlertAsJson() throws Exception {
        assertThat(sink().deliver(TestAlerts.first())).isEqualTo(DELIVERED);

        var request = receiver.received().get(0);
        assertThat(request.method()).isEqualTo("POST");
        assertThat(request.path()).isEqualTo("/hook?token=T");
        assertThat(request.header("Content-type")).isEqualTo("application/json");
        assertThat(request.header("Idempotency-key")).isEqualTo("46c25d54eb5c0cb63d601c1c03073ab6");
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
        assertThat(parts[3]).isEqualTo(hmac("s3cret", parts[1] + "." + text(request.body())));
        assertThat(parts[3]).isNotEqualTo(hmac("another", parts[1] + "." + text(request.body())));
    }

    @Test
    void shouldSendTheSameKeyForTheSameOccurrenceAndAnotherForAnother() throws Exception {
        AlertSink sink = sink();
        sink.deliver(TestAlerts.first());
        sink.deliver(TestAlerts.first());
        sink.deliver(TestAlerts.revision("r2", 1));

        var keys = receiver.received().stream()
                .map(request -> request.header("Idempotency-key"))
                .toList();
        assertThat(keys.get(1)).isEqualTo(keys.get(0));
        assertThat(keys.get(2)).isNotEqualTo(keys.get(0));
    }

    @Test
    void shouldTryAgainUntilTheReceiverTakesIt() throws Exception {
        receiver.answers(500, 503, 429, 408).breaksOff();

        assertThat(sink().deliver(TestAlerts.first())).isEqualTo(DELIVERED);
        assertThat(receiver.received()).hasSizeBetween(6, 7); // the client may repeat a request whose connection broke
        assertThat(receiver.received())
                .extracting(request -> request.header("Idempotency-key"))
                .containsOnly("46c25d54eb5c0cb63d601c1c03073ab6");
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 307, 400, 401, 403, 404, 409, 410, 413, 422})
    void shouldNotTryAgainAfterAFinalAnswer(int status) throws Exception {
        receiver.answers(exchange -> {
            exchange.getResponseHeaders().add("Location", receiver.url("/elsewhere"));
            exchange.sendResponseHeaders(status, -1);
        });

        assertThat(sink().deliver(TestAlerts.first()))
                .isEqualTo(new Delivery.Refused(
                        "http://" + receiver.authority() + ": HTTP " + status + ", which is final"));
        assertThat(receiver.received()).hasSize(1);
    }

    @Test
    void shouldGiveUpAfterItsAttempts() throws Exception {
        receiver.answers(500, 500, 502, 200);

        assertThat(sink(Map.of("weighbridge.sink.webhook.attempts", "3")).deliver(TestAlerts.first()))
                .isEqualTo(new Delivery.Refused(
                        "http://" + receiver.authority() + ": HTTP 502; given up after 3 attempts"));
        assertThat(receiver.received()).hasSize(3);
    }

    @Test
    void shouldNotWaitLongForAnAnswerThatDoesNotCome() throws Exception {
        receiver.hangs().hangsInTheBody();

        assertThat(sink(Map.of("weighbridge.sink.webhook.request.timeout", "200"))
                        .deliver(TestAlerts.first()))
                .isEqualTo(DELIVERED);
        assertThat(receiver.received()).hasSize(3);
    }

    @Test
    void shouldTakeALateAnswer() throws Exception {
        var mayAnswer = new CountDownLatch(1);
        receiver.answers(exchange -> {
            awaitUninterrupted(mayAnswer);
            exchange.sendResponseHeaders(204, -1);
        });
        CompletableFuture.delayedExecutor(300, TimeUnit.MILLISECONDS).execute(mayAnswer::countDown);

        assertThat(sink().deliver(TestAlerts.first())).isEqualTo(DELIVERED);
        assertThat(receiver.received()).hasSize(1);
    }

    @Test
    void shouldWaitAsLongAsTheReceiverAsks() throws Exception {
        receiver.answers(exchange -> {
            exchange.getResponseHeaders().add("Retry-After", "1");
            exchange.sendResponseHeaders(429, -1);
        });
        long start = System.nanoTime();

        sink(Map.of("weighbridge.sink.webhook.longest.pause", "PT5S")).deliver(TestAlerts.first());

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void shouldNotWaitLongerThanItsLongestPause() throws Exception {
        receiver.answers(exchange -> {
            exchange.getResponseHeaders().add("Retry-After", "999999999");
            exchange.sendResponseHeaders(503, -1);
        });

        assertThat(sink().deliver(TestAlerts.first())).isEqualTo(DELIVERED);
    }

    @Test
    void shouldRefuseWhenNobodyListens() throws Exception {
        int port;
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }

        Delivery delivery = sink(Map.of(
                        "weighbridge.sink.webhook.url",
                        "http://127.0.0.1:" + port + "/hook?token=T",
                        "weighbridge.sink.webhook.attempts",
                        "2"))
                .deliver(TestAlerts.first());

        assertThat(delivery).isInstanceOf(Delivery.Refused.class);
        assertThat(delivery.toString())
                .contains("ConnectException", "given up after 2 attempts")
                .doesNotContain("token=T");
    }

    @Test
    void shouldStopWithoutADecisionWhenInterruptedInAPause() throws Exception {
        receiver.answers(500, 500, 500);
        var ended = new AtomicReference<Object>();
        AlertSink patient = sink(Map.of(
                "weighbridge.sink.webhook.first.pause", "PT1M", "weighbridge.sink.webhook.longest.pause", "PT1M"));
        var thread = new Thread(() -> {
            try {
                ended.set(patient.deliver(TestAlerts.first()));
            } catch (InterruptedException e) {
                ended.set(e);
            }
        });

        thread.start();
        await().until(() -> thread.getState() == Thread.State.TIMED_WAITING
                && !receiver.received().isEmpty());
        thread.interrupt();
        thread.join();

        assertThat(ended.get()).isInstanceOf(InterruptedException.class);
    }

    @Test
    void shouldLogRetriesWithoutSecrets() throws Exception {
        var logger = (Logger) LoggerFactory.getLogger(WebhookSink.class);
        var lines = new ListAppender<ILoggingEvent>();
        lines.start();
        logger.addAppender(lines);
        receiver.answers(503);

        sink().deliver(TestAlerts.first());

        logger.detachAppender(lines);
        assertThat(lines.list)
                .singleElement()
                .satisfies(line -> assertThat(line.getFormattedMessage())
                        .contains(
                                "webhook: occurrence 46c25d54eb5c0cb63d601c1c03073ab6 not delivered",
                                "attempt 1: HTTP 503")
                        .doesNotContain("s3cret")
                        .doesNotContain("token=T"));
    }

    private AlertSink sink() {
        return sink(Map.of());
    }

    private AlertSink sink(Map<String, String> others) {
        var values = new HashMap<String, String>();
        values.put("weighbridge.sink.webhook.url", receiver.url("/hook?token=T"));
        values.put("weighbridge.sink.webhook.secret", "s3cret");
        values.put("weighbridge.sink.webhook.first.pause", "2");
        values.put("weighbridge.sink.webhook.longest.pause", "20");
        values.putAll(others);
        List<WebhookSettings> webhooks = WebhookSettings.all(new Settings(values));
        return new WebhookSink(webhooks.get(0));
    }

    private static void awaitUninterrupted(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Written apart from the code under test. */
    private static String hmac(String secret, String text) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        return String.format("%064x", new BigInteger(1, mac.doFinal(text.getBytes(StandardCharsets.UTF_8))));
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
