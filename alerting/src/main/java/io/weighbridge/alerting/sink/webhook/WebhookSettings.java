package io.weighbridge.alerting.sink.webhook;

import io.weighbridge.alerting.sink.attempt.HttpTarget;
import io.weighbridge.alerting.sink.attempt.RetrySettings;
import io.weighbridge.alerting.sink.attempt.SinkOptions;
import io.weighbridge.schemas.Setting;
import io.weighbridge.schemas.Settings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Where a webhook goes, and how it is signed.
 *
 * @param name name of its sink
 */
public record WebhookSettings(String name, HttpTarget target, Secret secret, RetrySettings retries) {

    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);
    private static final String KIND = "webhook";

    /** What {@link #all} reads. The address is a secret: some receivers are told apart by it alone. */
    public static final List<Setting> SETTINGS = Stream.of(
                    List.of(Setting.secret(SinkOptions.name(KIND, "url"))),
                    SinkOptions.secretOf(KIND, "secret"),
                    HttpTarget.settings(KIND),
                    RetrySettings.settings(KIND, LONGEST_PAUSE))
            .flatMap(List::stream)
            .toList();

    /** One for each address of the setting; none if it is not set. The first is named webhook, the second webhook-2. */
    public static List<WebhookSettings> all(Settings settings) {
        var options = new SinkOptions(settings, KIND);
        List<String> addresses = options.list("url");
        if (addresses.isEmpty()) {
            return List.of();
        }
        Secret secret = options.requiredSecret("secret").map(Secret::new).orElse(null);
        RetrySettings retries = RetrySettings.of(options, LONGEST_PAUSE);
        var webhooks = new ArrayList<WebhookSettings>();
        for (int i = 0; i < addresses.size(); i++) {
            String name = options.sinkName(i);
            HttpTarget.of(options, name, addresses.get(i))
                    .ifPresent(target -> webhooks.add(new WebhookSettings(name, target, secret, retries)));
        }
        return webhooks;
    }

    @Override
    public String toString() {
        return "WebhookSettings[" + name + "]";
    }
}
