package io.weighbridge.app.chaos.fault;

import io.weighbridge.app.chaos.load.ModelHub;
import io.weighbridge.app.chaos.load.Traffic;
import io.weighbridge.app.chaos.site.Member;
import io.weighbridge.app.chaos.site.Site;
import io.weighbridge.app.life.Role;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Where a fault strikes.
 *
 * @param random decides whom it strikes
 * @param spared names of instances that are not to be struck
 */
public record Scene(Site site, Traffic traffic, ModelHub hub, Random random, Set<String> spared) {

    public Scene {
        spared = Set.copyOf(spared);
    }

    /** Any instance that may be struck. */
    Member victim() {
        return any(targets());
    }

    /** Any instance of a role that may be struck. */
    Member victim(Role role) {
        return any(targets(role));
    }

    /** All that may be struck. */
    List<Member> targets() {
        return site.members().stream()
                .filter(member -> !spared.contains(member.name()))
                .toList();
    }

    /** All of a role that may be struck. */
    List<Member> targets(Role role) {
        return targets().stream().filter(member -> member.role() == role).toList();
    }

    <T> T any(List<T> some) {
        return some.get(random.nextInt(some.size()));
    }

    static void pause(Duration time) throws InterruptedException {
        TimeUnit.MILLISECONDS.sleep(time.toMillis());
    }
}
