package io.weighbridge.app.replay;

import io.weighbridge.app.progress.Progress;
import io.weighbridge.matcher.MatcherSettings;
import io.weighbridge.schemas.Settings;
import io.weighbridge.schemas.Topic;
import io.weighbridge.schemas.avro.InfringementAlert;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.utils.Utils;

/**
 * Runs the roles again over the past, on a broker of its own: the matcher over codes, or hasher and matcher over uploads. First come the
 * protected models as they were known last in the range, then the uploads of the range; since the join is symmetric, which came first then does not
 * matter. The result depends on the range and on the policy alone: not on partitions, instances, or when it is run; with uploads it depends on
 * what their addresses give, too.
 */
public final class Replay {

    private static final Duration PATIENCE = Duration.ofHours(24);
    private static final Instant NO_END = Instant.ofEpochMilli(Long.MAX_VALUE);
    private static final String COPIED = "copied";

    private final ReplayPlan plan;
    private final Settings live;
    private final RecordSource source;
    private final Path work;
    private final Progress progress;

    /**
     * @param live settings of the live system
     * @param source where its records are
     * @param work folder for the broker and the roles; a replay of the same plan that was broken off goes on in it
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
     * @throws IOException if records cannot be read, or the roles do not come to an end
     */
    public ReplayResult run() throws IOException, InterruptedException {
        boolean isCopied = isCopied();
        if (!isCopied) {
            Utils.delete(work.toFile());
        }
        Files.createDirectories(work);
        try (var stage = ReplayStage.open(work, live, plan)) {
            stage.start(plan.instances());
            var intake = new Intake(source, stage, progress, isCopied);
            var outcomes = new OutcomeDiff();
            switch (plan.input()) {
                case CODES -> codes(stage, intake, isCopied);
                case UPLOADS -> uploads(stage, intake, outcomes, isCopied);
            }
            stage.stop();
            return result(stage, intake, outcomes);
        }
    }

    /** Whether all records are in the work folder already. */
    private boolean isCopied() throws IOException {
        Path copied = work.resolve(COPIED);
        if (!Files.exists(copied)) {
            return false;
        }
        String other = Files.readString(copied);
        if (!other.equals(plan.text())) {
            throw new IOException(work + ": expected the work of this replay (" + plan.text()
                    + "), got that of another (" + other + "); remove it, or give another folder");
        }
        return true;
    }

    private void codes(ReplayStage stage, Intake intake, boolean isCopied) throws IOException, InterruptedException {
        var topics = stage.cluster().topics();
        intake.copy(topics.protectedCodes(), Instant.EPOCH, plan.to());
        if (!isCopied) {
            stage.drainMatchers(PATIENCE, progress, "matching protected models");
        }
        intake.copy(topics.modelCodes(), uploadsFrom(stage), plan.to());
        Files.writeString(work.resolve(COPIED), plan.text());
        stage.drainMatchers(PATIENCE, progress, "matching");
    }

    private void uploads(ReplayStage stage, Intake intake, OutcomeDiff outcomes, boolean isCopied)
            throws IOException, InterruptedException {
        var topics = stage.cluster().topics();
        intake.copy(topics.protectedModels(), Instant.EPOCH, plan.to(), outcomes::expectProtection);
        if (!isCopied) {
            stage.drainHashers(outcomes.expected(), PATIENCE, progress, "hashing protected models");
            stage.drainMatchers(PATIENCE, progress, "matching protected models");
        }
        intake.copy(topics.modelUploads(), uploadsFrom(stage), plan.to(), outcomes::expectUpload);
        intake.copy(topics.modelUploadsBackfill(), uploadsFrom(stage), plan.to(), outcomes::expectUpload);
        Files.writeString(work.resolve(COPIED), plan.text());
        stage.drainHashers(outcomes.expected(), PATIENCE, progress, "hashing");
        stage.drainMatchers(PATIENCE, progress, "matching");
    }

    /** A model that was protected in the range matches uploads from before it. */
    private Instant uploadsFrom(ReplayStage stage) {
        return plan.from().minus(MatcherSettings.from(stage.settings()).retention());
    }

    private ReplayResult result(ReplayStage stage, Intake intake, OutcomeDiff outcomes) throws IOException {
        var own = stage.cluster().reader();
        var topics = stage.cluster().topics();
        if (plan.input() == ReplayInput.UPLOADS) {
            own.readAll(topics.scanOutcomes()).forEach(entry -> outcomes.foundNow(entry.value()));
            readAll(topics.scanOutcomes(), outcomes::foundThen);
        }
        Map<String, Integer> thresholds = thresholds(stage);
        var diff = new AlertDiff(intake.protectedSince(), thresholds, outcomes::whyNoCodes);
        own.readAll(topics.infringementAlerts()).forEach(entry -> inRange(entry.value(), diff::found));
        own.readAll(topics.heldAlerts()).forEach(entry -> inRange(entry.value(), diff::found));
        readAll(topics.infringementAlerts(), alert -> inRange(alert, diff::raisedThen));
        readAll(topics.heldAlerts(), alert -> inRange(alert, diff::heldThen));
        return new ReplayResult(
                plan, thresholds, intake.inputs(), diff.found(), diff.lines(), outcomes.lines(plan.from()));
    }

    private static Map<String, Integer> thresholds(ReplayStage stage) {
        var thresholds = new HashMap<String, Integer>();
        MatcherSettings.from(stage.settings())
                .rules()
                .forEach((id, rule) -> thresholds.put(id.toString(), rule.thresholdBits()));
        return Map.copyOf(thresholds);
    }

    /** Alerts and outcomes are written after their uploads, and their records bear the time of the work. */
    private <V extends SpecificRecord> void readAll(Topic<String, V> topic, Consumer<V> visit) throws IOException {
        source.read(topic, Instant.EPOCH, NO_END, entry -> {
            if (entry.value() != null) {
                visit.accept(entry.value());
            }
        });
    }

    private void inRange(InfringementAlert alert, Consumer<FoundAlert> take) {
        if (alert != null
                && !alert.getMatchedAt().isBefore(plan.from())
                && alert.getMatchedAt().isBefore(plan.to())) {
            take.accept(FoundAlert.of(alert));
        }
    }
}
