package io.weighbridge.alerting.sink.email;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.weighbridge.alerting.TestAlerts;
import io.weighbridge.alerting.sink.AlertSink;
import io.weighbridge.alerting.sink.Delivery;
import io.weighbridge.schemas.avro.InfringementAlert;
import io.weighbridge.schemas.avro.ProtectedRef;
import io.weighbridge.schemas.avro.UploadRef;
import jakarta.mail.internet.MimeMessage;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Mails as a real mail server has them. */
@Timeout(60)
class GreenMailTest {

    @TempDir
    private Path folder;

    @Test
    void shouldSayWhatHappenedAndWhatToDo() throws Exception {
        MimeMessage mail = mailOf(TestAlerts.first());

        assertThat(mail.getSubject())
                .matches("\\[[A-Z]+] mallory/resnet-mini matches Résnet mini 🐘, protected by alice");
        assertThat(List.of(mail.getFrom())).hasToString("[weighbridge@example.org]");
        assertThat(mail.getHeader("Auto-Submitted")).containsExactly("auto-generated");
        assertThat(mail.getContentType()).startsWith("text/plain");
        assertThat(mail.getContent().toString().lines())
                .contains(
                        "Upload: local/mallory/resnet-mini@main",
                        "Protected model: alice-resnet-mini (Résnet mini 🐘, owner alice)",
                        "Look at the case and decide: https://board.example/#/case/a3f1c0ffee");
    }

    @Test
    void shouldNotLetAnUploadAddHeadersOrRecipients() throws Exception {
        String evil = "x\r\nBcc: eve@example.org\r\n\r\nbody\u2028\u0000";
        InfringementAlert alert = InfringementAlert.newBuilder(TestAlerts.file(TestAlerts.first(), evil))
                .setAlertId("a>\r\nBcc: eve@example.org")
                .setUpload(UploadRef.newBuilder(TestAlerts.first().getUpload())
                        .setRepo(evil)
                        .setOwner(evil)
                        .setUploader(evil)
                        .build())
                .setProtectedModel(ProtectedRef.newBuilder(TestAlerts.first().getProtectedModel())
                        .setName(evil)
                        .setOwner(evil)
                        .build())
                .build();

        MimeMessage mail = mailOf(alert);

        assertThat(List.of(mail.getAllRecipients())).hasToString("[ann@example.org]");
        assertThat(Collections.list(mail.getAllHeaders()))
                .extracting(header -> header.getName())
                .doesNotContain("Bcc", "References");
        assertThat(mail.getSubject()).contains("x??Bcc: eve@example.org????body??");
        assertThat(mail.getContent().toString().lines()).noneMatch(line -> line.startsWith("Bcc"));
    }

    @Test
    void shouldLogInOverImplicitTls() throws Exception {
        var certificate = TestCertificate.forHost("localhost", folder);
        var properties = Map.of(
                "greenmail.tls.keystore.file",
                certificate.keyStore().toString(),
                "greenmail.tls.keystore.password",
                TestCertificate.PASSWORD,
                "greenmail.tls.key.password",
                TestCertificate.PASSWORD);
        properties.forEach(System::setProperty);
        var server = new GreenMail(new ServerSetup(0, "localhost", ServerSetup.PROTOCOL_SMTPS));
        try {
            server.setUser("ann@example.org", "weigh", "s3cret");
            server.start();
            var login = Map.of(
                    "security",
                    "tls",
                    "user",
                    "weigh",
                    "ca.file",
                    certificate.pem().toString());
            int port = server.getSmtps().getPort();

            assertThat(deliver(port, login, "s3cret")).isEqualTo(new Delivery.Delivered());
            assertThat(deliver(port, login, "wrong")).isInstanceOf(Delivery.Refused.class);
            assertThat(server.getReceivedMessages()).hasSize(1);
        } finally {
            server.stop();
            properties.keySet().forEach(System::clearProperty);
        }
    }

    private static Delivery deliver(int port, Map<String, String> login, String password) throws InterruptedException {
        var more = new HashMap<>(login);
        more.put("password", password);
        try (AlertSink sink = EmailSinks.at(port, more)) {
            return sink.deliver(TestAlerts.first());
        }
    }

    private static MimeMessage mailOf(InfringementAlert alert) throws InterruptedException {
        var server = new GreenMail(new ServerSetup(0, "localhost", ServerSetup.PROTOCOL_SMTP));
        server.start();
        try (AlertSink sink = EmailSinks.at(server.getSmtp().getPort(), Map.of())) {
            assertThat(sink.deliver(alert)).isEqualTo(new Delivery.Delivered());
            return List.of(server.getReceivedMessages()).get(0);
        } finally {
            server.stop();
        }
    }
}
