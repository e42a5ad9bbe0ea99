package io.weighbridge.app.cli.settings;

import io.weighbridge.alerting.sink.SinkSettings;
import io.weighbridge.app.cli.bench.SearchBenchCommand;
import io.weighbridge.app.client.Api;
import io.weighbridge.app.client.KeptFilesSettings;
import io.weighbridge.app.client.TopicAdmin;
import io.weighbridge.app.feed.FeedSettings;
import io.weighbridge.app.http.access.AccessSettings;
import io.weighbridge.app.http.resource.Resources;
import io.weighbridge.app.http.webhook.HuggingFaceRoutes;
import io.weighbridge.app.index.IndexGateway;
import io.weighbridge.hasher.HasherSettings;
import io.weighbridge.matcher.MatcherSettings;
import io.weighbridge.schemas.RoleConfig;
import io.weighbridge.schemas.Setting;
import io.weighbridge.schemas.Settings;
import io.weighbridge.schemas.Topics;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Every setting of ours. A configuration is shared by all processes, so a name is known if any part reads it. */
public final class SettingsCatalogue {

    private static final List<Setting> ALL = Stream.of(
                    RoleConfig.SETTINGS,
                    Topics.SETTINGS,
                    TopicAdmin.SETTINGS,
                    HasherSettings.SETTINGS,
                    MatcherSettings.SETTINGS,
                    SinkSettings.SETTINGS,
                    FeedSettings.SETTINGS,
                    KeptFilesSettings.SETTINGS,
                    Resources.SETTINGS,
                    IndexGateway.SETTINGS,
                    Api.SETTINGS,
                    AccessSettings.SETTINGS,
                    HuggingFaceRoutes.SETTINGS,
                    SearchBenchCommand.SETTINGS)
            .flatMap(List::stream)
            .toList();

    private SettingsCatalogue() {}

    /** All of them, in the order of the data flow. */
    public static List<Setting> all() {
        return ALL;
    }

    /** The setting of a name: of several whose placeholders fit, the one that says more. */
    public static Optional<Setting> find(String name) {
        return ALL.stream()
                .filter(setting -> setting.isNamed(name))
                .max(Comparator.comparingInt(setting -> setting.name().length()));
    }

    /** Whether no message may show a value: that of a secret of ours, of a setting of Kafka's that sounds like one, or of a wrong name. */
    public static boolean isSecret(String name) {
        if (problemOf(name).isPresent()) {
            return true;
        }
        return name.startsWith(Settings.PREFIX)
                ? find(name).map(Setting::isSecret).orElseThrow()
                : KafkaSettings.isSecret(name);
    }

    /** What is wrong with a name; empty if it is known, or is Kafka's to know. */
    static Optional<String> problemOf(String name) {
        if (name.startsWith(Settings.PREFIX)) {
            return find(name).isPresent()
                    ? Optional.empty()
                    : Optional.of("there is no such setting" + suggestion(nearest(name)));
        }
        return KafkaSettings.mistypedIn(name)
                .map(known -> "expected " + known + ", got a name that neither Kafka nor a registry knows");
    }

    private static Optional<String> nearest(String name) {
        return NearestName.of(name, ALL.stream().map(Setting::name).toList(), name.length() / 3);
    }

    private static String suggestion(Optional<String> nearest) {
        return nearest.map(known -> "; did you mean " + known + "?").orElse("; docs/settings.md lists all");
    }
}
