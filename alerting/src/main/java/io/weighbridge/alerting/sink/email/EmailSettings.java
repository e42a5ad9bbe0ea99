package io.weighbridge.alerting.sink.email;

import io.weighbridge.alerting.sink.attempt.RetrySettings;
import io.weighbridge.alerting.sink.attempt.SinkOptions;
import io.weighbridge.schemas.Setting;
import io.weighbridge.schemas.Settings;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Who gets mail, and from where.
 *
 * @param name name of its sink
 * @param to at least one
 */
public record EmailSettings(
        String name, MailServerSettings server, InternetAddress from, List<InternetAddress> to, RetrySettings retries) {

    /** Servers that put unknown senders off do so for minutes. */
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(5);

    private static final String KIND = "email";

    /** What {@link #of} reads. */
    public static final List<Setting> SETTINGS = Stream.of(
                    MailServerSettings.settings(KIND),
                    List.of(Setting.none(SinkOptions.name(KIND, "from")), Setting.none(SinkOptions.name(KIND, "to"))),
                    RetrySettings.settings(KIND, LONGEST_PAUSE))
            .flatMap(List::stream)
            .toList();

    public EmailSettings {
        to = List.copyOf(to);
    }

    /** Empty if no server is set. */
    public static Optional<EmailSettings> of(Settings settings) {
        var options = new SinkOptions(settings, KIND);
        if (!options.isGiven("host")) {
            return Optional.empty();
        }
        return Optional.of(new EmailSettings(
                options.kind(),
                MailServerSettings.of(options),
                address(options, "from", options.text("from", "")).orElse(null),
                recipients(options),
                RetrySettings.of(options, LONGEST_PAUSE)));
    }

    private static List<InternetAddress> recipients(SinkOptions options) {
        List<String> given = options.list("to");
        if (given.isEmpty()) {
            options.problem("to", "expected at least one address, got none");
        }
        var to = new ArrayList<InternetAddress>();
        given.forEach(text -> address(options, "to", text).ifPresent(to::add));
        return to;
    }

    /** An address with a domain. */
    private static Optional<InternetAddress> address(SinkOptions options, String key, String text) {
        try {
            var address = new InternetAddress(text, true);
            if (address.getAddress().indexOf('@') > 0) {
                return Optional.of(address);
            }
        } catch (AddressException e) {
            // noted below
        }
        options.problem(key, "expected an address such as alerts@example.org, got " + (text.isEmpty() ? "none" : text));
        return Optional.empty();
    }
}
