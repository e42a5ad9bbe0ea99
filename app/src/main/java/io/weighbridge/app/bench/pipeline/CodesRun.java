package io.weighbridge.app.bench.pipeline;

import io.weighbridge.app.life.Role;
import io.weighbridge.app.text.Words;
import io.weighbridge.hash.Algorithms;
import io.weighbridge.hash.HashAlgorithm;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** Codes, hashed beforehand, through some processes of the matcher: at full speed, at a fixed rate, and, of one process, after it was killed. */
final class CodesRun {

    private static final Duration PATIENCE = Duration.ofMinutes(10);

    /** Uploads before those that count: classes are loaded and compiled, and instances share the tasks out. */
    private static final int WARM_UP = 1_000;

    /** Of an instance, before its number. */
    private static final String NAME = "matcher-";

    private final PipelinePlan plan;
    private final Consumer<String> progress;
    private final List<HashAlgorithm> algorithms = alerting();
    private final Set<CodePair> expected = new HashSet<>();

    CodesRun(PipelinePlan plan, Consumer<String> progress) {
        this.plan = plan;
        this.progress = progress;
    }

    /** Those that raise alerts by default. */
    static List<HashAlgorithm> alerting() {
        return Algorithms.all().subList(0, 2);
    }

    /**
     * Runs on a broker of its own.
     *
     * @param instances processes of the matcher
     * @param restored takes figures of starting again, if there is one process
     */
    CodesFigures run(int instances, Consumer<RestoreFigures> restored) throws IOException, InterruptedException {
        var running = new ArrayList<RoleInstance>();
        try (var stage = Stage.open(Map.of());
                var watch = AlertWatch.on(stage.cluster());
                var feed = new CodeFeed(stage.cluster())) {
            progress.accept("starting " + Words.count(instances, "matcher"));
            for (int i = 0; i < instances; i++) {
                running.add(stage.instance(NAME + i, Role.MATCHER));
            }
            for (var instance : running) {
                instance.awaitReady(Stage.READY);
            }
            var figures = measure(instances, stage, watch, feed);
            if (instances == 1) {
                running.get(0).terminate();
                restored.accept(restart("stopped cleanly", stage, running));
                running.get(0).kill();
                stage.deleteData(NAME + 0);
                restored.accept(restart("killed, its state folder lost", stage, running));
            }
            return figures;
        } finally {
            running.forEach(RoleInstance::kill);
        }
    }

    private CodesFigures measure(int instances, Stage stage, AlertWatch watch, CodeFeed feed)
            throws IOException, InterruptedException {
        feed.protect(codes("warm", plan.copyShare()), 0, plan.protectedModels());
        progress.accept("warming up with " + WARM_UP + " uploads");
        var warm = codes("warm", plan.copyShare());
        feed.upload(warm, 0, WARM_UP);
        expect(warm, WARM_UP, watch);

        progress.accept(plan.uploads() + " uploads at full speed");
        var before = stage.volumes();
        var full = codes("full", plan.copyShare());
        long start = System.currentTimeMillis();
        feed.upload(full, 0, plan.uploads());
        expect(full, plan.uploads(), watch);
        double fullSeconds = (lastSeen(watch) - start) / 1e3;
        var after = stage.volumes();

        progress.accept(plan.live() + " uploads at " + plan.perSecond() + " a second");
        var live = codes("live", PipelinePlan.LIVE_COPY_SHARE);
        feed.upload(live, 0, plan.live(), plan.perSecond());
        expect(live, plan.live(), watch);

        var latency = Percentiles.of(watch.seen().stream()
                .filter(seen -> seen.pair().upload().startsWith("live-"))
                .toList());
        var substrings = TopicVolume.growth(before, after, "-substrings-repartition");
        var changelogs = TopicVolume.growth(before, after, "-changelog");
        return new CodesFigures(
                instances,
                plan.uploads(),
                plan.uploads() / fullSeconds,
                plan.perSecond(),
                latency,
                (double) substrings.records() / plan.uploads(),
                (double) substrings.bytes() / substrings.records(),
                (double) substrings.bytes() / plan.uploads(),
                (double) changelogs.bytes() / plan.uploads(),
                expected.size(),
                watch.difference(expected));
    }

    private MadeUpCodes codes(String name, double copyShare) {
        return new MadeUpCodes(name, plan.seed(), plan.protectedModels(), copyShare, algorithms);
    }

    /** Waits for the alerts of some uploads, and all before; if they do not come, the figures will tell. */
    private void expect(MadeUpCodes codes, int uploads, AlertWatch watch) throws InterruptedException {
        expected.addAll(codes.matches(plan.protectedModels(), uploads));
        watch.await(expected, PATIENCE);
    }

    private static long lastSeen(AlertWatch watch) {
        return watch.seen().stream()
                .mapToLong(AlertWatch.Seen::seenMillis)
                .max()
                .orElseThrow();
    }

    private RestoreFigures restart(String how, Stage stage, List<RoleInstance> running)
            throws IOException, InterruptedException {
        progress.accept("starting again after it was " + how);
        stage.awaitNoMatchers();
        long start = System.nanoTime();
        var again = stage.instance(NAME + 0, Role.MATCHER);
        running.set(0, again);
        again.awaitReady(Stage.READY);
        double seconds = (System.nanoTime() - start) / 1e9;
        long entries = (long) again.metric("weighbridge_index_entries");
        return new RestoreFigures(
                how, entries, (long) again.metric("weighbridge_index_memory_bytes"), seconds, entries / seconds);
    }
}
