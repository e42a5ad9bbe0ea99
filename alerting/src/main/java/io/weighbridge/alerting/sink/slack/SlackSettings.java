package io.weighbridge.alerting.sink.slack;

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
 * An incoming webhook, whose address is its secret.
 *
 * @param name name of its sink
 */
public record SlackSettings(String name, HttpTarget target, RetrySettings retries) {

    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);
    private static final String KIND = "slack";

    /** What {@link #all} reads. */
    public static final List<Setting> SETTINGS = Stream.of(
                    SinkOptions.secretOf(KIND, "url"),
                    HttpTarget.settings(KIND),
                    RetrySettings.settings(KIND, LONGEST_PAUSE))
            .flatMap(List::stream)
            .toList();

    /** One for each address of the setting or of the file that it names; none if neither is set. */
    public static List<SlackSettings> all(Settings settings) {
        var options = new SinkOptions(settings, KIND);
        if (!options.isGiven("url")) {
            return List.of();
        }
        RetrySettings retries = RetrySettings.of(options, LONGEST_PAUSE);
        var all = new ArrayList<SlackSettings>();
        List<String> addresses = options.secret("url")
                .map(text -> List.of(text.split("[,\\s]+")))
                .orElse(List.of());
        for (int i = 0; i < addresses.size(); i++) {
            String name = options.sinkName(i);
            HttpTarget.of(options, name, addresses.get(i))
                    .ifPresent(target -> all.add(new SlackSettings(name, target, retries)));
        }
        return all;
    }
}
