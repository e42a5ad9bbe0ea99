package io.weighbridge.alerting.sink.alertmanager;

import io.weighbridge.alerting.sink.attempt.HttpCredentials;
import io.weighbridge.alerting.sink.attempt.HttpTarget;
import io.weighbridge.alerting.sink.attempt.RetrySettings;
import io.weighbridge.alerting.sink.attempt.SinkOptions;
import io.weighbridge.schemas.Setting;
import io.weighbridge.schemas.Settings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Which Alertmanager is told.
 *
 * @param members addresses of the instances of one cluster, at least one
 * @param active how long an alert fires after it was last sent
 */
public record AlertmanagerSettings(
        String name, List<HttpTarget> members, HttpCredentials credentials, Duration active, RetrySettings retries) {

    private static final String ALERTS = "/api/v2/alerts";
    private static final Duration ACTIVE = Duration.ofDays(1);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);
    private static final String KIND = "alertmanager";

    /** What {@link #of} reads. */
    public static final List<Setting> SETTINGS = Stream.of(
                    List.of(
                            Setting.none(SinkOptions.name(KIND, "url")),
                            Setting.of(SinkOptions.name(KIND, "active"), ACTIVE)),
                    HttpCredentials.settings(KIND),
                    HttpTarget.settings(KIND),
                    RetrySettings.settings(KIND, LONGEST_PAUSE))
            .flatMap(List::stream)
            .toList();

    public AlertmanagerSettings {
        members = List.copyOf(members);
    }

    /** Empty if no address is set. */
    public static Optional<AlertmanagerSettings> of(Settings settings) {
        var options = new SinkOptions(settings, KIND);
        List<String> addresses = options.list("url");
        if (addresses.isEmpty()) {
            return Optional.empty();
        }
        var members = new ArrayList<HttpTarget>();
        for (String address : addresses) {
            HttpTarget.of(options, options.kind(), address).ifPresent(target -> members.add(target.below(ALERTS)));
        }
        return Optional.of(new AlertmanagerSettings(
                options.kind(),
                members,
                HttpCredentials.of(options),
                options.positive("active", ACTIVE),
                RetrySettings.of(options, LONGEST_PAUSE)));
    }
}
