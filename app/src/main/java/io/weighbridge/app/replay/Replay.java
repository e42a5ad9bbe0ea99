package io.weighbridge.app.replay;

import io.weighbridge.app.client.BulkProducer;
import io.weighbridge.app.evaluate.Progress;
import io.weighbridge.app.feed.Entry;
import io.weighbridge.app.feed.OffsetRange;
import io.weighbridge.matcher.MatcherSettings;
import io.weighbridge.schemas.Settings;
import io.weighbridge.schemas.Topic;
import io.weighbridge.schemas.avro.InfringementAlert;
import io.weighbridge.schemas.avro.ModelCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.avro.specific.SpecificRecord;

/**
 * Runs the matcher again over past codes, on a broker of its own. First come the protected models as they were known last in the range, then
 * the uploads of the range; since the join is symmetric, which came first then does not matter. The result depends on the range and on the policy
 * alone: not on partitions, instances, or when it is run.
 */
public final class Replay {

    private static final Duration PATIENCE = Duration.ofHours(24);
    private static final String COPIED = "copied";

    private final ReplayPlan plan;
    private final Settings live;
    private final RecordSource source;
    private final Path work;
    private final Progress progress;
    private final List<InputDigest.Input> inputs = new ArrayList<>();
    private final Map<String, Instant> protectedSince = new HashMap<>();

    /**
     * @param live settings of the live system
     * @param source where its records are
     * @param work folder for the broker and the matchers; a replay of the same plan that was broken off goes on in it
     */
    public Replay(ReplayPlan plan, Settings live, RecordSource source, Path work, Progress progress) {
        this.plan = plan;
        this.live = live;
        this.source = source;
        this.work = work;
        this.progress = progress;
    }

    /**
     * Finds the alerts again.
     *
     * @throws IOException if records cannot be read, or the matchers do not come to an end
     */
    public ReplayResult run() throws IOException, InterruptedException {
        Files.createDirectories(work);
        try (var stage = ReplayStage.open(work, live, plan.policy())) {
            boolean isCopied = Files.exists(work.resolve(COPIED));
            stage.startMatchers(plan.instances());
            var topics = stage.cluster().topics();
            copy(stage, topics.protectedCodes(), Instant.EPOCH, isCopied);
            if (!isCopied) {
                stage.drain(PATIENCE);
            }
            copy(stage, topics.modelCodes(), plan.from().minus(retention(stage)), isCopied);
            Files.writeString(work.resolve(COPIED), plan.from() + " " + plan.to());
            progress.at("matching", 0, 1);
            stage.drain(PATIENCE);
            stage.stopMatchers();
            progress.at("matching", 1, 1);
            return result(stage);
        }
    }

    /** A model that was protected in the range matches uploads from before it. */
    private static Duration retention(ReplayStage stage) {
        return MatcherSettings.from(stage.settings()).retention();
    }

    /** What has been copied before a break is read again for its digest, and not copied again. */
    private <V extends SpecificRecord> void copy(
            ReplayStage stage, Topic<String, V> topic, Instant from, boolean isCopied) throws IOException {
        var digest = new InputDigest();
        var counted = new int[1];
        try (var producer = new BulkProducer(stage.cluster())) {
            List<OffsetRange> ranges = source.read(topic, from, plan.to(), entry -> {
                digest.add(entry);
                note(entry);
                if (!isCopied) {
                    producer.send(topic, entry.key(), entry.value(), entry.timestamp());
                }
                counted[0]++;
            });
            producer.flush();
            inputs.addAll(digest.of(ranges));
        }
        progress.at("reading " + topic.name(), counted[0], counted[0]);
    }

    private ReplayResult result(ReplayStage stage) throws IOException {
        var matcher = MatcherSettings.from(stage.settings());
        var thresholds = new HashMap<String, Integer>();
        matcher.rules().forEach((id, rule) -> thresholds.put(id.toString(), rule.thresholdBits()));
        var diff = new AlertDiff(protectedSince, thresholds);
        var topics = stage.cluster().topics();
        var own = stage.cluster().reader();
        own.readAll(topics.infringementAlerts()).forEach(entry -> inRange(entry.value(), diff::found));
        own.readAll(topics.heldAlerts()).forEach(entry -> inRange(entry.value(), diff::found));
        readThen(topics.infringementAlerts(), diff::raisedThen);
        readThen(topics.heldAlerts(), diff::heldThen);
        return new ReplayResult(plan, Map.copyOf(thresholds), List.copyOf(inputs), diff.found(), diff.lines());
    }

    /** Alerts are written after their uploads, and their records bear the time of the match. */
    private void readThen(Topic<String, InfringementAlert> topic, Consumer<FoundAlert> then) throws IOException {
        source.read(topic, Instant.EPOCH, Instant.ofEpochMilli(Long.MAX_VALUE), entry -> inRange(entry.value(), then));
    }

    private void inRange(InfringementAlert alert, Consumer<FoundAlert> take) {
        if (alert != null
                && !alert.getMatchedAt().isBefore(plan.from())
                && alert.getMatchedAt().isBefore(plan.to())) {
            take.accept(FoundAlert.of(alert));
        }
    }

    /** What is known of a protected model last, by its id: since when it is protected as it is. */
    private void note(Entry<? extends SpecificRecord> entry) {
        if (entry.value() == null) {
            protectedSince.remove(entry.key());
        } else if (entry.value() instanceof ModelCode code && code.getProtectedModel() != null) {
            protectedSince.put(
                    code.getProtectedModel().getId(), code.getProtectedModel().getProtectedAt());
        }
    }
}
