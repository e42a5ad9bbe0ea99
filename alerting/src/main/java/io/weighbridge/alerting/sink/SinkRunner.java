package io.weighbridge.alerting.sink;

import static io.weighbridge.schemas.LogEvent.event;

import io.micrometer.core.instrument.MeterRegistry;
import io.weighbridge.schemas.Settings;
import io.weighbridge.schemas.Topics;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Feeds one sink from the alerts topic, in a consumer group of its own. An offset is committed once its alert is delivered, is silenced by
 * the filter, or lies in the dead letters: every alert that is not silenced reaches the sink at least once.
 *
 * <p>Deliveries run on a second thread. While they do, the consumer's partitions are paused and it goes on polling, so a sink that takes an
 * hour to recover never costs the membership in the group.
 */
public final class SinkRunner implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(SinkRunner.class);
    private static final Duration IDLE_POLL = Duration.ofMillis(200);
    private static final Duration BUSY_WAIT = Duration.ofMillis(100);

    /** How long a delivery under way may go on once the runner is to stop; it is then interrupted, and repeated at the next start. */
    private static final Duration GRACE = Duration.ofSeconds(3);

    /** How long leaving the group may take; while the group waits for a dead member, the broker does not answer. */
    private static final Duration CLOSE = Duration.ofSeconds(5);

    private final String name;
    private final String topic;
    private final Deliverer deliverer;
    private final Consumer<byte[], byte[]> consumer;
    private final ExecutorService worker;
    private final Thread thread;

    /** What was committed here, of the partitions that are owned. */
    private final Map<TopicPartition, Long> committed = new HashMap<>();

    private volatile boolean isStopping;
    private volatile Throwable failure;
    private SinkBatch batch = SinkBatch.none();
    private boolean isPaused;

    private SinkRunner(AlertSink sink, AlertFilter filter, Settings settings, MeterRegistry registry) {
        name = sink.name();
        var topics = Topics.of(settings);
        topic = topics.infringementAlerts().name();
        deliverer = new Deliverer(sink, filter, topics, settings, new SinkMetrics(registry, name));
        consumer = new KafkaConsumer<>(
                SinkClients.consumer(settings, name), new ByteArrayDeserializer(), new ByteArrayDeserializer());
        worker = Executors.newSingleThreadExecutor(task -> new Thread(task, "sink-" + name + "-delivery"));
        thread = new Thread(this::run, "sink-" + name);
    }

    /** Starts to feed the sink with what the filter lets through; {@link #close()} closes the sink as well. */
    public static SinkRunner start(AlertSink sink, AlertFilter filter, Settings settings, MeterRegistry registry) {
        var runner = new SinkRunner(sink, filter, settings, registry);
        runner.thread.start();
        return runner;
    }

    /** The name of its sink. */
    public String name() {
        return name;
    }

    /** Why it stopped by itself; empty while it runs and once it was closed. */
    public Optional<Throwable> failure() {
        return Optional.ofNullable(failure);
    }

    /** Asks it to stop, without waiting. */
    void stop() {
        isStopping = true;
    }

    /** Lets the delivery under way end if it does soon, commits what was delivered and leaves the group. */
    @Override
    public void close() {
        stop();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try (deliverer) {
            consumer.subscribe(List.of(topic), new Rebalance());
            while (!isStopping) {
                turn();
            }
            finish();
        } catch (InterruptedException | RuntimeException e) {
            failure = e;
            LOG.error(event("sink.stopped"), "sink {} has stopped", name, e);
        } finally {
            consumer.close(CloseOptions.timeout(CLOSE));
            worker.shutdownNow();
        }
    }

    private void turn() throws InterruptedException {
        if (!isPaused) {
            var records = consumer.poll(IDLE_POLL);
            if (records.isEmpty()) {
                commit(passed());
            } else {
                begin(records);
            }
            return;
        }
        batch.await(BUSY_WAIT);
        consumer.poll(Duration.ZERO); // relies on: every partition is paused, so no record is lost here
        commit(batch.deliveredOffsets());
        if (batch.isCommitted()) {
            consumer.resume(consumer.assignment());
            isPaused = false;
        }
    }

    private void begin(ConsumerRecords<byte[], byte[]> records) {
        consumer.pause(consumer.assignment());
        isPaused = true;
        batch = SinkBatch.start(records, deliverer, worker);
    }

    /** Transactions end in a record that is nobody's; unless it is passed, the sink seems to be one alert behind for good. */
    private Map<TopicPartition, OffsetAndMetadata> passed() {
        var passed = new HashMap<TopicPartition, OffsetAndMetadata>();
        committed.forEach((partition, offset) -> {
            long position = consumer.position(partition);
            if (position > offset) {
                passed.put(partition, new OffsetAndMetadata(position));
            }
        });
        return passed;
    }

    /** What a broker cannot take now stays to be committed at the next turn. */
    private void commit(Map<TopicPartition, OffsetAndMetadata> offsets) {
        if (offsets.isEmpty()) {
            return;
        }
        try {
            consumer.commitSync(offsets);
            batch.committed(offsets);
            offsets.forEach((partition, next) -> committed.put(partition, next.offset()));
        } catch (RetriableException e) {
            LOG.info(event("sink.commit.postponed"), "sink {}: offsets not committed yet: {}", name, e.toString());
        } catch (CommitFailedException e) {
            LOG.warn(
                    event("sink.group.lost"),
                    "sink {}: no longer in its group, the last alerts may be sent again: {}",
                    name,
                    e.getMessage());
            batch.abandon(offsets.keySet());
        }
    }

    private void finish() throws InterruptedException {
        batch.stop();
        if (!batch.await(GRACE)) {
            worker.shutdownNow();
            batch.await(GRACE);
        }
        commit(batch.deliveredOffsets());
    }

    private final class Rebalance implements ConsumerRebalanceListener {

        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
            if (isPaused) {
                consumer.pause(partitions);
            }
        }

        /** The alert under way may be delivered by the next owner too. */
        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
            var delivered = batch.abandon(partitions);
            committed.keySet().removeAll(partitions);
            try {
                consumer.commitSync(delivered);
            } catch (KafkaException e) {
                LOG.warn(
                        event("sink.alerts.repeated"),
                        "sink {}: the last alerts of {} may be sent again: {}",
                        name,
                        partitions,
                        e.getMessage());
            }
        }

        @Override
        public void onPartitionsLost(Collection<TopicPartition> partitions) {
            batch.abandon(partitions);
            committed.keySet().removeAll(partitions);
        }
    }
}
