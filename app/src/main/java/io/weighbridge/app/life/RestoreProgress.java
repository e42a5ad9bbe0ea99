package io.weighbridge.app.life;

import static io.weighbridge.schemas.LogEvent.event;

import io.weighbridge.app.index.Restoring;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.processor.StateRestoreListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Knows which stores are still being read back from their changelogs: threads run before all of them are. */
final class RestoreProgress implements StateRestoreListener {

    private static final Logger LOG = LoggerFactory.getLogger(RestoreProgress.class);

    private final Map<TopicPartition, Restore> restoring = new ConcurrentHashMap<>();

    private record Restore(String store, Restoring progress) {}

    boolean isDone() {
        return restoring.isEmpty();
    }

    /** How far the partitions of a store are that are being read back. */
    Map<Integer, Restoring> of(String store) {
        return restoring.entrySet().stream()
                .filter(entry -> entry.getValue().store().equals(store))
                .collect(Collectors.toMap(
                        entry -> entry.getKey().partition(),
                        entry -> entry.getValue().progress()));
    }

    /** How far each store is that is being read back, all of its partitions together. */
    Map<String, Restoring> byStore() {
        return restoring.values().stream()
                .collect(Collectors.toMap(
                        Restore::store,
                        Restore::progress,
                        (a, b) -> new Restoring(a.restored() + b.restored(), a.toRestore() + b.toRestore())));
    }

    @Override
    public void onRestoreStart(TopicPartition changelog, String store, long from, long to) {
        restoring.put(changelog, new Restore(store, new Restoring(0, to - from)));
        LOG.debug("restoring {} from {}: {} records", store, changelog, to - from);
    }

    @Override
    public void onBatchRestored(TopicPartition changelog, String store, long to, long records) {
        restoring.computeIfPresent(
                changelog,
                (partition, restore) -> new Restore(
                        store,
                        new Restoring(
                                restore.progress().restored() + records,
                                restore.progress().toRestore())));
        LOG.trace("restored {} records of {}", records, store);
    }

    @Override
    public void onRestoreEnd(TopicPartition changelog, String store, long records) {
        restoring.remove(changelog);
        if (records > 0) {
            LOG.info(event("store.restored"), "restored {} records of {} from {}", records, store, changelog);
        }
    }

    @Override
    public void onRestoreSuspended(TopicPartition changelog, String store, long records) {
        restoring.remove(changelog);
    }
}
