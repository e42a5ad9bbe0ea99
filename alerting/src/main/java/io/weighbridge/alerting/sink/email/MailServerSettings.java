package io.weighbridge.alerting.sink.email;

import io.weighbridge.alerting.sink.attempt.SinkOptions;
import io.weighbridge.schemas.Setting;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.SSLSocketFactory;

/**
 * The server that mail is handed to.
 *
 * @param login empty if the server asks for none
 * @param trust makes connections that trust the given authority; empty for those that Java trusts
 * @param requestTimeout for one attempt, from connecting to the server's last answer
 */
record MailServerSettings(
        String host,
        int port,
        MailSecurity security,
        Optional<Login> login,
        Optional<SSLSocketFactory> trust,
        Duration connectTimeout,
        Duration requestTimeout) {

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(30);
    private static final int MOST_PORT = 65_535;
    private static final String DEFAULT_SECURITY = "starttls";

    /** User and password, which no text shows. */
    record Login(String user, String password) {
        @Override
        public String toString() {
            return "Login[" + user + "]";
        }
    }

    /** What {@link #of} reads. */
    static List<Setting> settings(String kind) {
        return Stream.of(
                        List.of(
                                Setting.none(SinkOptions.name(kind, "host")),
                                Setting.of(SinkOptions.name(kind, "security"), DEFAULT_SECURITY),
                                Setting.computed(SinkOptions.name(kind, "port"), "587, 465 for tls, 25 for none"),
                                Setting.none(SinkOptions.name(kind, "user")),
                                Setting.none(SinkOptions.name(kind, "ca.file")),
                                Setting.of(SinkOptions.name(kind, "connect.timeout"), CONNECT_TIMEOUT),
                                Setting.of(SinkOptions.name(kind, "request.timeout"), REQUEST_TIMEOUT)),
                        SinkOptions.secretOf(kind, "password"))
                .flatMap(List::stream)
                .toList();
    }

    static MailServerSettings of(SinkOptions options) {
        MailSecurity security = security(options);
        return new MailServerSettings(
                options.text("host", ""),
                options.count("port", security.usualPort(), 1, MOST_PORT),
                security,
                login(options, security),
                PemTrust.of(options, "ca.file"),
                options.positive("connect.timeout", CONNECT_TIMEOUT),
                options.positive("request.timeout", REQUEST_TIMEOUT));
    }

    private static MailSecurity security(SinkOptions options) {
        String given = options.text("security", DEFAULT_SECURITY);
        Optional<MailSecurity> security = MailSecurity.named(given);
        if (security.isEmpty()) {
            options.problem("security", "expected starttls, tls or none, got " + given);
        }
        return security.orElse(MailSecurity.STARTTLS);
    }

    private static Optional<Login> login(SinkOptions options, MailSecurity security) {
        String user = options.text("user", "");
        if (user.isEmpty()) {
            if (options.isGiven("password")) {
                options.problem("user", "expected one for the password, got none");
            }
            return Optional.empty();
        }
        if (security == MailSecurity.NONE) {
            options.problem(
                    "security", "expected starttls or tls, so that the password is not sent in clear, got none");
        }
        return options.requiredSecret("password").map(password -> new Login(user, password));
    }
}
