package io.weighbridge.app.feed;

import static io.weighbridge.schemas.LogEvent.event;

import io.weighbridge.schemas.Settings;
import io.weighbridge.schemas.Topics;
import io.weighbridge.schemas.avro.DeadLetter;
import io.weighbridge.schemas.avro.InfringementAlert;
import io.weighbridge.schemas.avro.InfringementCase;
import io.weighbridge.schemas.avro.ModelCode;
import io.weighbridge.schemas.avro.ProtectedModel;
import io.weighbridge.schemas.avro.ProtectionPolicy;
import io.weighbridge.schemas.avro.ScanOutcome;
import io.weighbridge.schemas.avro.Suppression;
import io.weighbridge.schemas.avro.UploadEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a {@link LivePicture} up to date from the topics, in a thread of its own. Starts without them: topics or brokers that are not there
 * yet are waited for, and a connection that fails is made anew where it ended.
 */
public final class LiveFeed implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(LiveFeed.class);
    private static final int KEPT_ROWS = 2_000;
    private static final Duration POLL = Duration.ofSeconds(1);
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final Settings settings;
    private final Instant since;
    private final LivePicture picture;
    private final RecordDecoder decoder = new RecordDecoder();
    private final Map<String, FeedSource<?>> sources = new HashMap<>();
    private final Map<TopicPartition, Long> positions = new HashMap<>();
    private final CountDownLatch caughtUp = new CountDownLatch(1);
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread = new Thread(this::run, "live-feed");
    private volatile AssignedConsumer connected;
    private volatile String problem = "not connected yet";

    private LiveFeed(Settings settings) {
        this.settings = settings;
        var bounds = FeedSettings.from(settings);
        since = Instant.now().minus(bounds.history());
        picture = new LivePicture(KEPT_ROWS, bounds.keptCases());
        var topics = Topics.of(settings);
        add(FeedSource.of(topics.modelUploads(), UploadEvent.class, picture::received));
        add(FeedSource.of(topics.modelUploadsBackfill(), UploadEvent.class, picture::received));
        add(FeedSource.of(topics.scanOutcomes(), ScanOutcome.class, picture::ended)
                .ifFits(LiveFeed::hasSubject));
        add(FeedSource.of(topics.infringementAlerts(), InfringementAlert.class, picture::matched));
        add(FeedSource.of(topics.heldAlerts(), InfringementAlert.class, picture::held));
        add(FeedSource.of(topics.infringementCases(), InfringementCase.class, picture::alerted));
        add(FeedSource.of(topics.suppressions(), Suppression.class, picture::suppressed)
                .orElse(picture::lifted));
        add(FeedSource.of(topics.protectionPolicies(), ProtectionPolicy.class, picture::policy)
                .orElse(picture::policyRemoved));
        add(FeedSource.ofEntries(topics.deadLetters(), DeadLetter.class, picture::deadLetter)
                .orElseEntry(picture::redriven));
        add(FeedSource.of(topics.protectedModels(), ProtectedModel.class, picture::protectedModel)
                .orElse(picture::withdrawn));
        add(FeedSource.of(topics.protectedCodes(), ModelCode.class, picture::coded)
                .ifFits(code -> code.getProtectedModel() != null)
                .orElse(picture::uncoded));
    }

    /** The names of the topics that a feed reads. */
    public static Set<String> topics(Settings settings) {
        return Set.copyOf(new LiveFeed(settings).sources.keySet());
    }

    /** A feed that reads nothing: its picture is what the caller folds in. */
    public static LiveFeed idle(Settings settings) {
        return new LiveFeed(settings);
    }

    /** Starts reading; returns at once. */
    public static LiveFeed start(Settings settings) {
        var feed = new LiveFeed(settings);
        feed.thread.setDaemon(true);
        feed.thread.start();
        return feed;
    }

    /** What is known at present. */
    public LivePicture picture() {
        return picture;
    }

    /** Records of uploads, outcomes and alerts that are older are not in the picture. */
    public Instant since() {
        return since;
    }

    /** Whether all that was there at the start has been read. */
    public boolean isCaughtUp() {
        return caughtUp.getCount() == 0;
    }

    /** Waits until all that was there at the start has been read; false if the time is over before. */
    public boolean awaitCaughtUp(Duration timeout) throws InterruptedException {
        return caughtUp.await(timeout.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Why nothing is being read at present; empty while all is well. */
    public Optional<String> problem() {
        return Optional.ofNullable(problem);
    }

    /** Whether what was there at the start has been read, and reading goes on. */
    public boolean isCurrent() {
        return isCaughtUp() && problem().isEmpty();
    }

    /** How many records were left out because they could not be decoded. */
    public long undecodable() {
        return decoder.undecodable();
    }

    @Override
    public void close() {
        closing.countDown();
        picture.changes().close();
        var consumer = connected;
        if (consumer != null) {
            consumer.wakeup();
        } else {
            thread.interrupt();
        }
        try {
            thread.join(Duration.ofSeconds(5).toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            do {
                try (var consumer = AssignedConsumer.open(settings, sources.keySet())) {
                    connected = consumer;
                    consume(consumer);
                } catch (FeedException e) {
                    report(e.getMessage());
                } catch (WakeupException e) {
                    return;
                } catch (KafkaException e) {
                    report(e.toString());
                } finally {
                    connected = null;
                }
            } while (!closing.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            problem = "stopped: " + e;
            throw e;
        }
    }

    private void consume(AssignedConsumer consumer) {
        consumer.seek(starts(consumer));
        var ends = consumer.ends();
        problem = null;
        while (closing.getCount() > 0) {
            for (var raw : consumer.poll(POLL)) {
                // A record whose schema cannot be asked for now is read again after the pause, so its position is kept
                // first.
                positions.put(new TopicPartition(raw.topic(), raw.partition()), raw.offset());
                var source = sources.get(raw.topic());
                if (source.topic().compacted() || raw.timestamp() >= since.toEpochMilli()) {
                    source.take(decoder, raw);
                }
                positions.put(new TopicPartition(raw.topic(), raw.partition()), raw.offset() + 1);
            }
            if (!isCaughtUp() && consumer.hasReached(ends)) {
                caughtUp.countDown();
            }
        }
    }

    private Map<TopicPartition, Long> starts(AssignedConsumer consumer) {
        var starts = new HashMap<>(consumer.beginnings());
        consumer.offsetsAt(since).forEach((partition, offset) -> {
            if (!sources.get(partition.topic()).topic().compacted()) {
                starts.put(partition, offset);
            }
        });
        starts.putAll(positions);
        return starts;
    }

    private void report(String newProblem) {
        if (closing.getCount() > 0 && !newProblem.equals(problem)) {
            LOG.warn(event("feed.waiting"), "live feed waits: {}", newProblem);
        }
        problem = newProblem;
    }

    private static boolean hasSubject(ScanOutcome outcome) {
        return outcome.getUpload() != null || outcome.getProtectedModel() != null;
    }

    private <V> void add(FeedSource<V> source) {
        sources.put(source.topic().name(), source);
    }
}
