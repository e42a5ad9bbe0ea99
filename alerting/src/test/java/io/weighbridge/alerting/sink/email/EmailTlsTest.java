package io.weighbridge.alerting.sink.email;

import static org.assertj.core.api.Assertions.assertThat;

import io.weighbridge.alerting.TestAlerts;
import io.weighbridge.alerting.sink.Delivery;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** STARTTLS, and a password that goes only where it should. */
@Timeout(60)
class EmailTlsTest {

    @TempDir
    private static Path folder;

    private static TestCertificate ours;
    private static TestCertificate others;

    @BeforeAll
    static void makeCertificates() throws Exception {
        ours = TestCertificate.forHost("localhost", folder);
        others = TestCertificate.forHost("elsewhere.example", folder);
    }

    @Test
    void shouldEncryptAndLogInBeforeItSends() throws Exception {
        try (var server = new TestMailServer(ours.serverContext())) {
            assertThat(deliver(server, ours.pem(), 3)).isEqualTo(new Delivery.Delivered());

            String login = Base64.getEncoder().encodeToString("weigh\0weigh\0s3cret".getBytes(StandardCharsets.UTF_8));
            assertThat(server.commands()).containsSubsequence("STARTTLS", "AUTH PLAIN " + login);
            assertThat(server.mails()).hasSize(1);
        }
    }

    @Test
    void shouldNotLogInToAServerThatItDoesNotTrust() throws Exception {
        try (var server = new TestMailServer(ours.serverContext())) {
            assertThat(deliver(server, others.pem(), 1)).isInstanceOf(Delivery.Refused.class);
            assertThat(server.commands()).noneMatch(line -> line.startsWith("AUTH"));
        }
    }

    @Test
    void shouldNotLogInToAServerOfAnotherName() throws Exception {
        try (var server = new TestMailServer(others.serverContext())) {
            assertThat(deliver(server, others.pem(), 1)).isInstanceOf(Delivery.Refused.class);
            assertThat(server.commands()).noneMatch(line -> line.startsWith("AUTH"));
        }
    }

    @Test
    void shouldTakeARefusedLoginForFinalAndATemporaryOneNot() throws Exception {
        try (var server = new TestMailServer(ours.serverContext())) {
            server.answers("AUTH", "454 4.7.0 not now", "535 5.7.8 bad credentials");

            assertThat(deliver(server, ours.pem(), 5))
                    .isInstanceOfSatisfying(
                            Delivery.Refused.class,
                            refused -> assertThat(refused.cause())
                                    .contains("535 5.7.8 bad credentials", "which is final")
                                    .doesNotContain("s3cret"));
            assertThat(server.commands())
                    .filteredOn(line -> line.startsWith("AUTH"))
                    .hasSize(2);
        }
    }

    private static Delivery deliver(TestMailServer server, Path trusted, int attempts) throws Exception {
        var more = new HashMap<String, String>();
        more.put("security", "starttls");
        more.put("user", "weigh");
        more.put(
                "password.file",
                Files.writeString(folder.resolve("password"), "s3cret\n").toString());
        more.put("ca.file", trusted.toString());
        more.put("attempts", Integer.toString(attempts));
        try (var sink = EmailSinks.at(server.port(), Map.copyOf(more))) {
            return sink.deliver(TestAlerts.first());
        }
    }
}
