package io.weighbridge.app.chaos.soak;

import io.weighbridge.app.chaos.fault.Fault;
import io.weighbridge.app.chaos.fault.Faults;
import io.weighbridge.app.chaos.fault.Scene;
import io.weighbridge.app.chaos.load.Catalogue;
import io.weighbridge.app.chaos.load.ModelHub;
import io.weighbridge.app.chaos.load.Reckoning;
import io.weighbridge.app.chaos.load.Traffic;
import io.weighbridge.app.chaos.load.Watch;
import io.weighbridge.app.chaos.site.Site;
import io.weighbridge.app.chaos.site.SitePlan;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** Uploads that keep coming for a time, faults at random, and samples of all processes; the first instance of each role is spared. */
final class Soak {

    static final String SAMPLES = "samples.csv";

    /** Not struck, so that somebody lives for the whole time. */
    static final Set<String> SPARED = Set.of("hasher-1", "matcher-1", "alerting-1");

    private static final double UPLOADS_PER_SECOND = 2;
    private static final int LEAST_GAP_SECONDS = 20;
    private static final int GAP_SECONDS = 40;
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    /** The whole heap is resident from the start, so that resident memory that grows lies outside it. */
    private static final Map<String, String> WHOLE_HEAP = Map.of("JAVA_TOOL_OPTIONS", "-XX:+AlwaysPreTouch");

    /** So short that what is kept levels out within a quarter of an hour. */
    private static final Map<String, String> BROKER = Map.of(
            "log.segment.bytes", String.valueOf(1 << 20),
            "log.roll.ms", "60000",
            "log.retention.check.interval.ms", "20000",
            "log.cleaner.backoff.ms", "15000",
            "log.segment.delete.delay.ms", "5000",
            "metadata.log.max.record.bytes.between.snapshots", String.valueOf(1 << 20));

    private static final Map<String, String> ROLES = Map.of(
            "weighbridge.stores.memory.bytes", String.valueOf(8 << 20),
            "session.timeout.ms", "10000",
            "heartbeat.interval.ms", "2000",
            "topic.segment.bytes", String.valueOf(1 << 20),
            "topic.segment.ms", "60000",
            "weighbridge.topics.retention", "PT10M",
            "weighbridge.matcher.retention", "PT10M",
            "weighbridge.matcher.retention.grace", "PT1M");

    /**
     * What it came to.
     *
     * @param strikes of each fault
     * @param deaths processes that ended by themselves and were started again
     */
    record Result(Reckoning reckoning, Map<String, Integer> strikes, int deaths, boolean isDrained) {}

    private final Duration duration;
    private final Random random;
    private final Path folder;
    private final PrintStream out;
    private final List<Fault> faults =
            Faults.all().stream().filter(Fault::strikesAnySite).toList();

    Soak(Duration duration, long seed, Path folder, PrintStream out) {
        this.duration = duration;
        this.random = new Random(seed);
        this.folder = folder;
        this.out = out;
    }

    Result run() throws IOException, InterruptedException {
        Path models = Files.createDirectories(folder.resolve("models"));
        var plan = SitePlan.ofEach(2)
                .withBrokerSettings(BROKER)
                .withRoleSettings(ROLES)
                .withEnvironment(WHOLE_HEAP)
                .withBrokerEnvironment(WHOLE_HEAP);
        try (var hub = ModelHub.open(models);
                var site = Site.start(plan, folder.resolve("site"));
                var traffic = new Traffic(site.cluster(), Catalogue.of(models, hub), random.nextLong());
                var watch = new Watch(site.cluster(), traffic.ledger())) {
            traffic.protectFirst();
            traffic.protectLast();
            var strikes = new TreeMap<String, Integer>();
            var sampler = Sampler.start(site, folder.resolve(SAMPLES));
            try {
                strikeAtRandom(new Scene(site, traffic, hub, random, SPARED), watch, strikes);
            } finally {
                sampler.close();
            }
            boolean isDrained = settle(site, watch) && watch.awaitDrained(PATIENCE);
            return new Result(watch.reckonSeen(), strikes, site.deaths(), isDrained);
        }
    }

    private void strikeAtRandom(Scene scene, Watch watch, Map<String, Integer> strikes)
            throws IOException, InterruptedException {
        scene.traffic().start(UPLOADS_PER_SECOND);
        long end = System.nanoTime() + duration.toNanos();
        while (System.nanoTime() < end) {
            reviveFor(scene.site(), LEAST_GAP_SECONDS + random.nextInt(GAP_SECONDS));
            var fault = faults.get(random.nextInt(faults.size()));
            out.println(Instant.now() + " " + fault.id() + "; "
                    + scene.traffic().ledger().size() + " uploads, " + watch.unanswered() + " of them unanswered, "
                    + scene.site().deaths() + " revived");
            fault.strike(scene);
            strikes.merge(fault.id(), 1, Integer::sum);
        }
        scene.traffic().stop();
    }

    private static void reviveFor(Site site, int seconds) throws IOException, InterruptedException {
        for (int second = 0; second < seconds; second++) {
            site.revive();
            TimeUnit.SECONDS.sleep(1);
        }
    }

    private static boolean settle(Site site, Watch watch) throws IOException, InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (watch.unanswered() > 0 || watch.outstanding() > 0) {
            if (System.nanoTime() > end) {
                return false;
            }
            reviveFor(site, 1);
        }
        return true;
    }
}
