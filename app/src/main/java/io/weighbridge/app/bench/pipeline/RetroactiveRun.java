package io.weighbridge.app.bench.pipeline;

import io.weighbridge.app.bench.pipeline.AlertWatch.Seen;
import io.weighbridge.app.life.Role;
import io.weighbridge.hash.Algorithms;
import io.weighbridge.hash.HashAlgorithm;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Protects a model when many uploads are kept already. One algorithm in one partition: what a single task has to search, which is all uploads,
 * however many partitions there are.
 */
final class RetroactiveRun {

    private static final Duration PATIENCE = Duration.ofMinutes(20);

    /** There from the beginning; the model that is protected later comes after them. */
    private static final int EARLY = 9;

    private static final double COPY_SHARE = .01;
    private static final double LIVE_COPY_SHARE = .2;

    /** Alerts that belong to the search: those of uploads that came up to so long before its begin and after its end. */
    private static final long MARGIN_MILLIS = 500;

    private final PipelinePlan plan;
    private final Consumer<String> progress;
    private final HashAlgorithm algorithm = Algorithms.all().get(1);
    private final MadeUpCodes kept;
    private final MadeUpCodes live;

    RetroactiveRun(PipelinePlan plan, Consumer<String> progress) {
        this.plan = plan;
        this.progress = progress;
        kept = new MadeUpCodes("kept", plan.seed(), EARLY + 1, COPY_SHARE, List.of(algorithm));
        live = new MadeUpCodes("live", plan.seed(), EARLY + 1, LIVE_COPY_SHARE, List.of(algorithm));
    }

    RetroactiveFigures run() throws IOException, InterruptedException {
        var settings = Map.of(
                "weighbridge.matcher.algorithms", algorithm.id().toString(),
                "weighbridge.matcher.partitions", "1",
                "weighbridge.matcher.substrings", "1");
        try (var stage = Stage.open(settings);
                var watch = AlertWatch.on(stage.cluster());
                var feed = new CodeFeed(stage.cluster());
                var matcher = stage.instance("matcher", Role.MATCHER)) {
            matcher.awaitReady(Stage.READY);
            feed.protect(kept, 0, EARLY);
            progress.accept(plan.kept() + " uploads to be kept");
            long start = System.currentTimeMillis();
            feed.upload(kept, 0, plan.kept());
            watch.await(kept.matches(EARLY, plan.kept()), PATIENCE);
            double seconds = (watch.seen().get(watch.size() - 1).seenMillis() - start) / 1e3;
            return protectLater(stage, watch, matcher, plan.kept() / seconds);
        }
    }

    private RetroactiveFigures protectLater(
            Stage stage, AlertWatch watch, RoleInstance matcher, double uploadsPerSecond)
            throws IOException, InterruptedException {
        progress.accept("a model is protected while " + plan.live() + " uploads come");
        Instant protectedAt;
        try (var liveFeed = new CodeFeed(stage.cluster());
                var feed = new CodeFeed(stage.cluster())) {
            var feeding = CompletableFuture.runAsync(() -> feedLive(liveFeed));
            TimeUnit.MILLISECONDS.sleep(plan.seconds() * 500L);
            protectedAt = feed.protect(kept, EARLY, EARLY + 1);
            feeding.join();
        } catch (CompletionException e) {
            throw new IOException("live uploads: " + e.getCause().getMessage(), e.getCause());
        }
        Set<CodePair> expected = new HashSet<>(kept.matches(EARLY + 1, plan.kept()));
        expected.addAll(live.matches(EARLY + 1, plan.live()));
        watch.await(expected, PATIENCE);
        return figures(watch, expected, protectedAt.toEpochMilli(), uploadsPerSecond, (long)
                matcher.metric("weighbridge_index_memory_bytes"));
    }

    private void feedLive(CodeFeed feed) {
        try {
            feed.upload(live, 0, plan.live(), plan.perSecond());
        } catch (InterruptedException e) {
            throw new IllegalStateException("interrupted", e);
        }
    }

    private RetroactiveFigures figures(
            AlertWatch watch, Set<CodePair> expected, long protectedMillis, double uploadsPerSecond, long indexBytes) {
        var earlier = select(
                watch, seen -> isKept(seen) && seen.pair().protectedModel().equals(kept.protectedId(EARLY)));
        long last = earlier.stream().mapToLong(Seen::seenMillis).max().orElse(protectedMillis);
        return new RetroactiveFigures(
                plan.kept(),
                uploadsPerSecond,
                indexBytes,
                earlier.size(),
                (last - protectedMillis) / 1e3,
                plan.perSecond(),
                Percentiles.of(select(watch, seen -> !isKept(seen) && seen.seenMillis() < protectedMillis)),
                Percentiles.of(select(
                        watch,
                        seen -> !isKept(seen)
                                && seen.eventMillis() >= protectedMillis - MARGIN_MILLIS
                                && seen.eventMillis() <= last + MARGIN_MILLIS)),
                expected.size(),
                watch.difference(expected));
    }

    private boolean isKept(Seen seen) {
        return seen.pair().upload().startsWith("kept-");
    }

    private static List<Seen> select(AlertWatch watch, Predicate<Seen> condition) {
        return watch.seen().stream().filter(condition).toList();
    }
}
