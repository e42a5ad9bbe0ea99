package io.weighbridge.app.chaos.fault;

import io.weighbridge.app.chaos.load.ModelHub;
import io.weighbridge.app.chaos.load.Traffic;
import io.weighbridge.app.chaos.site.Member;
import io.weighbridge.app.chaos.site.Site;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/**
 * Where a fault strikes.
 *
 * @param random decides whom it strikes
 */
public record Scene(Site site, Traffic traffic, ModelHub hub, Random random) {

    /** Any instance that may be struck. */
    Member victim() {
        return any(site.members());
    }

    <T> T any(List<T> some) {
        return some.get(random.nextInt(some.size()));
    }

    static void pause(Duration time) throws InterruptedException {
        TimeUnit.MILLISECONDS.sleep(time.toMillis());
    }
}
