package io.weighbridge.app.http.resource;

import io.weighbridge.app.client.Gateway;
import io.weighbridge.app.client.Groups;
import io.weighbridge.app.feed.LiveFeed;
import io.weighbridge.app.http.Health;
import io.weighbridge.app.http.Routes;
import java.time.Clock;
import java.util.List;

/** All resources of the API that show and change what the feed knows. */
public final class Resources {

    private Resources() {}

    /**
     * The resources over a feed.
     *
     * @param gateway where writes go, and groups are asked for; stays the caller's to close
     */
    public static List<Routes> of(LiveFeed feed, Gateway gateway, Health health) {
        var clock = Clock.systemUTC();
        var picture = feed.picture();
        return List.of(
                new AlertRoutes(picture),
                new SuppressionRoutes(picture, clock),
                new ProtectedRoutes(picture, clock),
                new ScanRoutes(picture),
                new CoverageRoutes(picture, clock),
                new DistanceRoutes(),
                new DeadLetterRoutes(picture),
                new OperationsRoutes(feed, new Groups(gateway, clock), health));
    }
}
