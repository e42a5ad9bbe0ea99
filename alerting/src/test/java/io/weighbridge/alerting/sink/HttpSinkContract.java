package io.weighbridge.alerting.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.weighbridge.alerting.TestAlerts;
import io.weighbridge.alerting.sink.attempt.Retries;
import io.weighbridge.schemas.Settings;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** What every sink promises that posts to a receiver, which fails, delays and breaks off. */
@Timeout(30)
public abstract class HttpSinkContract {

    protected static final Delivery DELIVERED = new Delivery.Delivered();

    protected final TestReceiver receiver = new TestReceiver();

    /** The kind of sink, as in its settings. */
    protected abstract String kind();

    /** What the sink is told besides its address and timing. */
    protected abstract Map<String, String> others();

    /** The sink of these settings. */
    protected abstract AlertSink create(Settings settings);

    @AfterEach
    void close() {
        receiver.close();
    }

    @Test
    void shouldDeliverOnce() throws Exception {
        assertThat(sink().deliver(TestAlerts.first())).isEqualTo(DELIVERED);

        assertThat(receiver.received()).singleElement().satisfies(request -> {
            assertThat(request.method()).isEqualTo("POST");
            assertThat(request.header("Content-type")).isEqualTo("application/json");
        });
    }

    @Test
    void shouldTryAgainUntilTheReceiverTakesIt() throws Exception {
        receiver.answers(500, 503, 429, 408).breaksOff();

        assertThat(sink().deliver(TestAlerts.first())).isEqualTo(DELIVERED);
        assertThat(receiver.received()).hasSizeBetween(6, 7); // the client may repeat a request whose connection broke
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

        assertThat(sink(Map.of("attempts", "3")).deliver(TestAlerts.first()))
                .isEqualTo(new Delivery.Refused(
                        "http://" + receiver.authority() + ": HTTP 502; given up after 3 attempts"));
        assertThat(receiver.received()).hasSize(3);
    }

    @Test
    void shouldNotWaitLongForAnAnswerThatDoesNotCome() throws Exception {
        receiver.hangs().hangsInTheBody();

        assertThat(sink(Map.of("request.timeout", "200")).deliver(TestAlerts.first()))
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

        sink(Map.of("longest.pause", "PT5S")).deliver(TestAlerts.first());

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

        Delivery delivery = sink(Map.of("url", "http://127.0.0.1:" + port + "/hook-T", "attempts", "2"))
                .deliver(TestAlerts.first());

        assertThat(delivery).isInstanceOf(Delivery.Refused.class);
        assertThat(delivery.toString())
                .contains("ConnectException", "given up after 2 attempts")
                .doesNotContain("hook-T");
    }

    @Test
    void shouldStopWithoutADecisionWhenInterruptedInAPause() throws Exception {
        receiver.answers(500, 500, 500);

        assertThat(endWhenInterrupted(sink(Map.of("first.pause", "PT1M", "longest.pause", "PT1M"))))
                .isInstanceOf(InterruptedException.class);
    }

    @Test
    void shouldStopWithoutADecisionWhenInterruptedInAnAttempt() throws Exception {
        receiver.hangs();

        assertThat(endWhenInterrupted(sink())).isInstanceOf(InterruptedException.class);
    }

    @Test
    void shouldLogRetriesWithoutSecrets() throws Exception {
        var logger = (Logger) LoggerFactory.getLogger(Retries.class);
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
                                kind() + ": occurrence 46c25d54eb5c0cb63d601c1c03073ab6 not delivered",
                                "attempt 1: HTTP 503")
                        .doesNotContain("s3cret")
                        .doesNotContain("hook-T"));
    }

    /** The sink that posts to the receiver. */
    protected AlertSink sink() {
        return sink(Map.of());
    }

    /** The same, with settings of its kind on top. */
    protected AlertSink sink(Map<String, String> more) {
        var values = new HashMap<String, String>();
        values.put("url", receiver.url("/hook-T"));
        values.put("first.pause", "2");
        values.put("longest.pause", "20");
        values.putAll(others());
        values.putAll(more);
        var settings = new HashMap<String, String>();
        values.forEach((key, value) -> settings.put("weighbridge.sink." + kind() + "." + key, value));
        return create(new Settings(settings));
    }

    private Object endWhenInterrupted(AlertSink sink) throws InterruptedException {
        var ended = new AtomicReference<Object>();
        var thread = new Thread(() -> {
            try {
                ended.set(sink.deliver(TestAlerts.first()));
            } catch (InterruptedException e) {
                ended.set(e);
            }
        });
        thread.start();
        await().until(() -> thread.getState() == Thread.State.TIMED_WAITING
                && !receiver.received().isEmpty());
        thread.interrupt();
        thread.join();
        return ended.get();
    }

    private static void awaitUninterrupted(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
