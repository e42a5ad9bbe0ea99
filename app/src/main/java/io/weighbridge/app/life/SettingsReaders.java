package io.weighbridge.app.life;

import io.weighbridge.app.client.Cluster;
import io.weighbridge.app.client.KeptFilesSettings;
import io.weighbridge.app.client.TopicAdmin;
import io.weighbridge.app.compare.FileComparison;
import io.weighbridge.app.feed.FeedSettings;
import io.weighbridge.app.http.access.AccessSettings;
import io.weighbridge.app.http.resource.Resources;
import io.weighbridge.app.http.webhook.HuggingFaceRoutes;
import io.weighbridge.app.index.IndexGateway;
import io.weighbridge.schemas.Settings;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;

/** What the parts of a process read of the settings, so that all that is wrong with them is told before anything starts. */
public final class SettingsReaders {

    private static final List<Consumer<Settings>> PAGE = List.of(
            FeedSettings::from,
            KeptFilesSettings::from,
            HuggingFaceRoutes::secret,
            FileComparison::of,
            Resources::mostComparedBytes,
            settings -> IndexGateway.of(settings, ""));

    private SettingsReaders() {}

    /** Those of whoever makes or checks topics. */
    public static List<Consumer<Settings>> topics() {
        return List.of(settings -> new TopicAdmin(Cluster.of(settings)));
    }

    /** Those of some roles. */
    public static List<Consumer<Settings>> of(Collection<Role> roles) {
        return roles.stream().<Consumer<Settings>>map(role -> role::read).toList();
    }

    /** Those of a page that wants tokens. */
    public static List<Consumer<Settings>> guardedPage() {
        var readers = new ArrayList<>(PAGE);
        readers.add(AccessSettings::of);
        return readers;
    }

    /** Those of all roles and a page that wants no tokens, in one process. */
    public static List<Consumer<Settings>> openStack() {
        var readers = new ArrayList<>(of(List.of(Role.values())));
        readers.addAll(topics());
        readers.addAll(PAGE);
        return readers;
    }

    /** Those of all roles and a page that wants tokens, in one process. */
    public static List<Consumer<Settings>> guardedStack() {
        var readers = new ArrayList<>(openStack());
        readers.add(AccessSettings::of);
        return readers;
    }
}
