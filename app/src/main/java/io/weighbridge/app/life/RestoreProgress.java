package io.weighbridge.app.life;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.processor.StateRestoreListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Knows which stores are still being read back from their changelogs: threads run before all of them are. */
final class RestoreProgress implements StateRestoreListener {

    private static final Logger LOG = LoggerFactory.getLogger(RestoreProgress.class);

    private final Set<TopicPartition> restoring = ConcurrentHashMap.newKeySet();

    boolean isDone() {
        return restoring.isEmpty();
    }

    @Override
    public void onRestoreStart(TopicPartition changelog, String store, long from, long to) {
        restoring.add(changelog);
        LOG.debug("restoring {} from {}: {} records", store, changelog, to - from);
    }

    @Override
    public void onBatchRestored(TopicPartition changelog, String store, long to, long records) {
        LOG.trace("restored {} records of {}", records, store);
    }

    @Override
    public void onRestoreEnd(TopicPartition changelog, String store, long records) {
        restoring.remove(changelog);
        if (records > 0) {
            LOG.info("restored {} records of {} from {}", records, store, changelog);
        }
    }

    @Override
    public void onRestoreSuspended(TopicPartition changelog, String store, long records) {
        restoring.remove(changelog);
    }
}
