package io.weighbridge.alerting.sink.email;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.weighbridge.alerting.TestAlerts;
import io.weighbridge.alerting.sink.Delivery;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A mail server that fails, delays and refuses. */
@Timeout(30)
class EmailSinkTest {

    private static final Delivery DELIVERED = new Delivery.Delivered();

    private final TestMailServer server = new TestMailServer(null);

    @AfterEach
    void close() throws IOException {
        server.close();
    }

    @Test
    void shouldSendTheSameMessageIdAtEveryAttempt() throws Exception {
        server.answers("MESSAGE", "250 taken", "451 try later");

        assertThat(deliver(Map.of())).isEqualTo(DELIVERED);
        assertThat(deliver(Map.of())).isEqualTo(DELIVERED);

        assertThat(server.mails())
                .hasSize(2)
                .allSatisfy(mail -> assertThat(mail)
                        .contains("Message-ID: <46c25d54eb5c0cb63d601c1c03073ab6@example.org>\r\n")
                        .contains("References: <case.a3f1c0ffee@example.org>\r\n"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"GREETING", "EHLO", "MAIL", "RCPT", "DATA", "MESSAGE"})
    void shouldTryAgainAfterATemporaryAnswer(String verb) throws Exception {
        server.answers(verb, "421 not now", "450 not now");
        if (verb.equals("EHLO")) {
            server.answers("HELO", "421 not now", "450 not now");
        }

        assertThat(deliver(Map.of())).isEqualTo(DELIVERED);
        assertThat(server.mails()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"MAIL", "RCPT", "DATA", "MESSAGE"})
    void shouldNotTryAgainAfterAPermanentAnswer(String verb) throws Exception {
        server.answers(verb, "550 5.7.1 we want none of this");

        assertThat(deliver(Map.of()))
                .isInstanceOfSatisfying(
                        Delivery.Refused.class,
                        refused -> assertThat(refused.cause())
                                .startsWith("smtp://localhost:" + server.port() + ": ")
                                .contains("550 5.7.1 we want none of this")
                                .endsWith("which is final"));
        assertThat(server.commands())
                .filteredOn(line -> line.startsWith("MAIL"))
                .hasSize(1);
    }

    @Test
    void shouldGiveUpAfterItsAttempts() throws Exception {
        server.answers("RCPT", "450 later", "450 later", "450 later");

        assertThat(deliver(Map.of("attempts", "2")))
                .isInstanceOfSatisfying(
                        Delivery.Refused.class,
                        refused -> assertThat(refused.cause())
                                .contains("450 later")
                                .endsWith("given up after 2 attempts"));
    }

    @Test
    void shouldNotSendAgainToThoseWhoHaveIt() throws Exception {
        server.answers("RCPT", "250 fine", "450 later", "550 unknown");

        assertThat(deliver(Map.of("to", "ann@example.org, bob@example.org, eve@example.org")))
                .isEqualTo(DELIVERED);

        assertThat(server.mails()).hasSize(2);
        assertThat(server.commands())
                .filteredOn(line -> line.startsWith("RCPT"))
                .containsExactly(
                        "RCPT TO:<ann@example.org>",
                        "RCPT TO:<bob@example.org>",
                        "RCPT TO:<eve@example.org>",
                        "RCPT TO:<bob@example.org>");
    }

    @Test
    void shouldNotWaitLongForAnAnswerThatDoesNotCome() throws Exception {
        server.hangsAt("DATA");

        assertThat(deliver(Map.of("request.timeout", "500"))).isEqualTo(DELIVERED);
    }

    @Test
    void shouldStopWithoutADecisionWhenInterruptedInAnAttempt() throws Exception {
        server.hangsAt("MAIL");
        var ended = new AtomicReference<Object>();
        var thread = new Thread(() -> {
            try {
                ended.set(deliver(Map.of()));
            } catch (InterruptedException e) {
                ended.set(e);
            }
        });

        thread.start();
        await().until(() -> server.commands().stream().anyMatch(line -> line.startsWith("MAIL")));
        thread.interrupt();
        thread.join();

        assertThat(ended.get()).isInstanceOf(InterruptedException.class);
    }

    @Test
    void shouldNotUseAServerWithoutTheEncryptionThatIsAskedFor() throws Exception {
        assertThat(deliver(Map.of("security", "starttls", "attempts", "1"))).isInstanceOf(Delivery.Refused.class);
        assertThat(server.commands()).noneMatch(line -> line.startsWith("MAIL"));
    }

    private Delivery deliver(Map<String, String> more) throws InterruptedException {
        try (var sink = EmailSinks.at(server.port(), more)) {
            return sink.deliver(TestAlerts.first());
        }
    }
}
