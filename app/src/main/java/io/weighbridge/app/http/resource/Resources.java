package io.weighbridge.app.http.resource;

import io.weighbridge.app.client.Gateway;
import io.weighbridge.app.client.Groups;
import io.weighbridge.app.client.KeptFiles;
import io.weighbridge.app.compare.FileComparison;
import io.weighbridge.app.feed.LiveFeed;
import io.weighbridge.app.http.Health;
import io.weighbridge.app.http.Routes;
import io.weighbridge.schemas.Setting;
import io.weighbridge.schemas.Settings;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/** All resources of the API that show and change what the feed knows. */
public final class Resources {

    /** What they read themselves. */
    public static final List<Setting> SETTINGS =
            List.of(Setting.of(CompareRoutes.MOST_BYTES, CompareRoutes.DEFAULT_MOST_BYTES));

    private Resources() {}

    /**
     * The most bytes of a comparison.
     *
     * @throws IllegalArgumentException if the setting is wrong
     */
    public static long mostComparedBytes(Settings settings) {
        long bytes = settings.bytes(CompareRoutes.MOST_BYTES, CompareRoutes.DEFAULT_MOST_BYTES);
        settings.check();
        return bytes;
    }

    /**
     * The resources over a feed.
     *
     * @param gateway where writes go; stays the caller's to close
     * @param files where those are kept that requests carry; empty to keep none
     */
    public static List<Routes> of(
            LiveFeed feed, Gateway gateway, Groups groups, Health health, Optional<KeptFiles> files) {
        var clock = Clock.systemUTC();
        var settings = gateway.cluster().settings();
        var picture = feed.picture();
        var writes = new Writes(gateway, picture, clock, Writes.PATIENCE);
        return List.of(
                new AlertRoutes(picture),
                new DecisionRoutes(picture, writes),
                new SuppressionRoutes(picture, writes),
                new ProtectedRoutes(picture, clock),
                new ProtectionRoutes(picture, writes, new UploadedFiles(files)),
                new FileRoutes(files),
                new ScanRoutes(picture),
                new ScanRequests(writes),
                new CoverageRoutes(picture, clock),
                new DistanceRoutes(),
                new CompareRoutes(FileComparison.of(settings), mostComparedBytes(settings)),
                new DeadLetterRoutes(picture, gateway.cluster(), writes),
                new OperationsRoutes(feed, groups, health));
    }
}
