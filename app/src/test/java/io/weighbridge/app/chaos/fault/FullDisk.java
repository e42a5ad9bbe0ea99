package io.weighbridge.app.chaos.fault;

import io.weighbridge.app.chaos.site.SitePlan;
import io.weighbridge.app.chaos.site.SmallDisk;
import io.weighbridge.app.life.Role;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;

/** A small disk of its own, full for a while, below the data of one process. */
final class FullDisk implements Fault {

    private static final Duration FULL = Duration.ofSeconds(15);
    private static final int SPOOL_MIB = 4;
    private static final int STATE_MIB = 64;
    private static final int BROKER_MIB = 600;

    private final String id;
    private final String whose;
    private final int mebibytes;
    private final BiFunction<SitePlan, Path, SitePlan> place;
    private SmallDisk disk;

    private FullDisk(String id, String whose, int mebibytes, BiFunction<SitePlan, Path, SitePlan> place) {
        this.id = id;
        this.whose = whose;
        this.mebibytes = mebibytes;
        this.place = place;
    }

    static FullDisk ofState(Role role) {
        return new FullDisk(
                "full-disk-" + role.id(),
                "below the state of one instance of " + role.id(),
                STATE_MIB,
                (plan, folder) -> plan.withRoleData(role, folder.resolve("data")));
    }

    static FullDisk ofSpool() {
        return new FullDisk(
                "full-disk-spool",
                "below the downloads of all hashers",
                SPOOL_MIB,
                (plan, folder) -> plan.withRoleSettings(Map.of(
                        "weighbridge.fetch.spool.dir", folder.resolve("spool").toString())));
    }

    static FullDisk ofBroker() {
        return new FullDisk(
                "full-disk-broker",
                "below the broker",
                BROKER_MIB,
                (plan, folder) -> plan.withBrokerData(folder.resolve("broker")));
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public String description() {
        return "no byte left for 15 s on the disk " + whose;
    }

    @Override
    public Optional<String> missing() {
        return SmallDisk.missing();
    }

    @Override
    public boolean strikesAnySite() {
        return false;
    }

    @Override
    public SitePlan prepare(SitePlan plan) throws IOException, InterruptedException {
        disk = SmallDisk.mount(mebibytes);
        return place.apply(plan, disk.folder());
    }

    @Override
    public void strike(Scene scene) throws IOException, InterruptedException {
        disk.fill();
        Scene.pause(FULL);
        disk.free();
        // A broker that cannot write ends; nothing can be published until it is back.
        scene.site().revive();
    }

    @Override
    public void cleanUp() throws IOException, InterruptedException {
        disk.close();
    }
}
