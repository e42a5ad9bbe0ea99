package io.weighbridge.app.chaos;

import io.weighbridge.app.chaos.fault.Fault;
import io.weighbridge.app.chaos.fault.Scene;
import io.weighbridge.app.chaos.load.Catalogue;
import io.weighbridge.app.chaos.load.ModelHub;
import io.weighbridge.app.chaos.load.Traffic;
import io.weighbridge.app.chaos.load.Watch;
import io.weighbridge.app.chaos.site.Site;
import io.weighbridge.app.chaos.site.SitePlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** An installation made new, uploads that keep coming, faults that strike one after the other, and the audit of all that is in the topics. */
final class Round {

    private static final Duration WARM_UP = Duration.ofSeconds(4);
    private static final Duration AFTER = Duration.ofSeconds(3);
    private static final Duration PATIENCE = Duration.ofSeconds(180);
    private static final Duration LOOK = Duration.ofMillis(250);

    private final List<Fault> faults;
    private final SitePlan plan;
    private final double perSecond;
    private final long seed;
    private final Path folder;

    Round(List<Fault> faults, SitePlan plan, double perSecond, long seed, Path folder) {
        this.faults = List.copyOf(faults);
        this.plan = plan;
        this.perSecond = perSecond;
        this.seed = seed;
        this.folder = folder;
    }

    /** Runs it; what its processes wrote stays in the folder. */
    RoundResult run() throws IOException, InterruptedException {
        Path models = Files.createDirectories(folder.resolve("models"));
        var prepared = plan;
        for (var fault : faults) {
            prepared = fault.prepare(prepared);
        }
        try (var hub = ModelHub.open(models);
                var site = Site.start(prepared, folder.resolve("site"));
                var traffic = new Traffic(site.cluster(), Catalogue.of(models, hub), seed);
                var watch = new Watch(site.cluster(), traffic.ledger())) {
            traffic.protectFirst();
            return strike(new Scene(site, traffic, hub, new Random(seed), Set.of()), watch);
        } finally {
            for (var fault : faults) {
                fault.cleanUp();
            }
        }
    }

    private RoundResult strike(Scene scene, Watch watch) throws IOException, InterruptedException {
        var traffic = scene.traffic();
        traffic.start(perSecond);
        TimeUnit.MILLISECONDS.sleep(WARM_UP.toMillis());
        long struck = System.nanoTime();
        for (int i = 0; i < faults.size(); i++) {
            faults.get(i).strike(scene);
            if (i == 0) {
                traffic.protectLast();
            }
        }
        long healed = System.nanoTime();
        TimeUnit.MILLISECONDS.sleep(AFTER.toMillis());
        traffic.stop();
        boolean isSettled = settle(scene.site(), watch);
        var recovery = Duration.ofNanos(System.nanoTime() - healed);
        boolean isDrained = isSettled && watch.awaitDrained(PATIENCE);
        return new RoundResult(
                faults.stream().map(Fault::id).toList(),
                seed,
                watch.reckonAll(),
                Duration.ofNanos(healed - struck),
                recovery,
                scene.site().deaths(),
                isDrained);
    }

    /** Waits until all that is due has come, and starts what ends by itself meanwhile; false if the time is over first. */
    private boolean settle(Site site, Watch watch) throws IOException, InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (watch.unanswered() > 0 || watch.outstanding() > 0) {
            if (System.nanoTime() > end) {
                return false;
            }
            site.revive();
            TimeUnit.MILLISECONDS.sleep(LOOK.toMillis());
        }
        while (!site.isReady()) {
            if (System.nanoTime() > end) {
                return false;
            }
            site.revive();
            TimeUnit.MILLISECONDS.sleep(LOOK.toMillis());
        }
        return true;
    }
}
