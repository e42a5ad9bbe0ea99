package io.weighbridge.alerting.sink.email;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weighbridge.alerting.sink.SinkSettings;
import io.weighbridge.schemas.Settings;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EmailSettingsTest {

    @Test
    void shouldSendNoMailWithoutAServer() {
        assertThat(SinkSettings.from(new Settings(Map.of())).email()).isEmpty();
    }

    @Test
    void shouldAskForStarttlsByDefaultAndKnowTheUsualPorts() {
        assertThat(server(Map.of()).security()).isEqualTo(MailSecurity.STARTTLS);
        assertThat(server(Map.of()).port()).isEqualTo(587);
        assertThat(server(Map.of("weighbridge.sink.email.security", "tls")).port())
                .isEqualTo(465);
        assertThat(server(Map.of("weighbridge.sink.email.security", "none")).port())
                .isEqualTo(25);
    }

    @Test
    void shouldNameEverythingThatIsWrongAtOnceWithoutThePassword() {
        assertThatThrownBy(() -> SinkSettings.from(new Settings(Map.of(
                        "weighbridge.sink.email.host", "mail.example",
                        "weighbridge.sink.email.port", "70000",
                        "weighbridge.sink.email.security", "none",
                        "weighbridge.sink.email.user", "weigh",
                        "weighbridge.sink.email.password", "s3cret",
                        "weighbridge.sink.email.to", "ann@example.org,bob",
                        "weighbridge.sink.email.ca.file", "/no/such.pem"))))
                .hasMessageContaining("weighbridge.sink.email.port: expected 1 to 65535, got 70000")
                .hasMessageContaining("weighbridge.sink.email.security: expected starttls or tls")
                .hasMessageContaining(
                        "weighbridge.sink.email.from: expected an address such as alerts@example.org, got none")
                .hasMessageContaining(
                        "weighbridge.sink.email.to: expected an address such as alerts@example.org, got bob")
                .hasMessageContaining("weighbridge.sink.email.ca.file: expected a file of certificates in PEM")
                .hasMessageNotContaining("s3cret");
    }

    @Test
    void shouldRefuseAnAddressThatWouldAddAHeader() {
        assertThatThrownBy(() ->
                        SinkSettings.from(EmailSinks.settings(25, Map.of("from", "a@b.example\r\nBcc: c@d.example"))))
                .hasMessageContaining("weighbridge.sink.email.from: expected an address");
    }

    @Test
    void shouldNeverShowThePassword() {
        var settings = EmailSettings.of(
                        EmailSinks.settings(25, Map.of("security", "tls", "user", "weigh", "password", "s3cret")))
                .orElseThrow();

        assertThat(settings.toString()).doesNotContain("s3cret");
    }

    private static MailServerSettings server(Map<String, String> more) {
        return EmailSettings.of(new Settings(Map.of(
                                "weighbridge.sink.email.host", "mail.example",
                                "weighbridge.sink.email.from", "a@b.example",
                                "weighbridge.sink.email.to", "c@d.example"))
                        .with(more))
                .orElseThrow()
                .server();
    }
}
