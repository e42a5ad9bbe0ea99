package io.weighbridge.alerting.sink.email;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** How the connection to a mail server is protected. */
enum MailSecurity {
    /** Not at all. */
    NONE(25),
    /** TLS after a greeting in clear; a server without it is not used. */
    STARTTLS(587),
    /** TLS from the first byte. */
    TLS(465);

    private final int usualPort;

    MailSecurity(int usualPort) {
        this.usualPort = usualPort;
    }

    /** As settings name it, in small letters. */
    static Optional<MailSecurity> named(String name) {
        return Arrays.stream(values())
                .filter(security -> security.name().toLowerCase(Locale.ROOT).equals(name))
                .findFirst();
    }

    int usualPort() {
        return usualPort;
    }
}
