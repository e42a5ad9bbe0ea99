package io.weighbridge.alerting.sink;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * Polled records on their way to a sink: one thread delivers them, as many at a time as the sink takes, another asks how far it has come. Guarded by itself: {@code
 * delivered} never holds a partition of {@code abandoned}.
 */
final class SinkBatch {

    private final List<ConsumerRecord<byte[], byte[]>> records;
    private final Map<TopicPartition, OffsetAndMetadata> delivered = new HashMap<>();
    private final Set<TopicPartition> abandoned = new HashSet<>();
    private Future<?> deliveries = CompletableFuture.completedFuture(null);
    private volatile boolean isStopped;

    private SinkBatch(List<ConsumerRecord<byte[], byte[]>> records) {
        this.records = records;
    }

    /** A batch that is done. */
    static SinkBatch none() {
        return new SinkBatch(List.of());
    }

    static SinkBatch start(ConsumerRecords<byte[], byte[]> polled, Deliverer deliverer, ExecutorService worker) {
        var records = new ArrayList<ConsumerRecord<byte[], byte[]>>();
        polled.forEach(records::add);
        var batch = new SinkBatch(records);
        batch.deliveries = worker.submit(() -> {
            batch.deliverAll(deliverer);
            return null;
        });
        return batch;
    }

    /**
     * Waits until all deliveries have ended, or the time is over.
     *
     * @return whether they have ended
     * @throws IllegalStateException if one ended with a fault of ours
     */
    boolean await(Duration atMost) throws InterruptedException {
        try {
            deliveries.get(atMost.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            if (isStopped && e.getCause() instanceof InterruptedException) {
                return true;
            }
            throw new IllegalStateException("delivering alerts", e.getCause());
        }
    }

    /** Whether nothing of it is left to deliver or to commit. */
    synchronized boolean isCommitted() {
        return deliveries.isDone() && delivered.isEmpty();
    }

    /** The next offset of each partition, where something was delivered since the last commit. */
    synchronized Map<TopicPartition, OffsetAndMetadata> deliveredOffsets() {
        return Map.copyOf(delivered);
    }

    /** Notes that these offsets are committed. */
    synchronized void committed(Map<TopicPartition, OffsetAndMetadata> offsets) {
        offsets.forEach(delivered::remove);
    }

    /**
     * Leaves what is not yet begun of these partitions to their next owner.
     *
     * @return their offsets that are still to be committed
     */
    synchronized Map<TopicPartition, OffsetAndMetadata> abandon(Collection<TopicPartition> partitions) {
        abandoned.addAll(partitions);
        var last = new HashMap<>(delivered);
        last.keySet().retainAll(partitions);
        delivered.keySet().removeAll(partitions);
        return last;
    }

    /** Begins no further delivery. */
    void stop() {
        isStopped = true;
    }

    private void deliverAll(Deliverer deliverer) throws InterruptedException {
        for (int begin = 0; begin < records.size() && !isStopped; begin += deliverer.mostAtOnce()) {
            var some = records.subList(begin, Math.min(records.size(), begin + deliverer.mostAtOnce())).stream()
                    .filter(record -> !isAbandoned(record))
                    .toList();
            if (!some.isEmpty()) {
                deliverer.deliver(some);
                some.forEach(this::delivered);
            }
        }
    }

    private synchronized boolean isAbandoned(ConsumerRecord<?, ?> record) {
        return abandoned.contains(partition(record));
    }

    private synchronized void delivered(ConsumerRecord<?, ?> record) {
        if (!isAbandoned(record)) {
            delivered.put(partition(record), new OffsetAndMetadata(record.offset() + 1, record.leaderEpoch(), ""));
        }
    }

    private static TopicPartition partition(ConsumerRecord<?, ?> record) {
        return new TopicPartition(record.topic(), record.partition());
    }
}
