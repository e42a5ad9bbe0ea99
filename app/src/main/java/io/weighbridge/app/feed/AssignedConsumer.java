package io.weighbridge.app.feed;

import io.weighbridge.schemas.Settings;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * A consumer that holds every partition of some topics, outside of any group, and sees committed records only. Kafka's own settings apply;
 * those of groups do not. As a Kafka consumer, it belongs to one thread at a time; only {@link #wakeup()} is for others.
 */
final class AssignedConsumer implements AutoCloseable {

    private static final String PATIENCE_MILLIS = "15000";
    private static final Duration STALL = Duration.ofSeconds(30);
    private static final Duration POLL = Duration.ofMillis(250);

    private final String servers;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final List<TopicPartition> partitions = new ArrayList<>();

    private AssignedConsumer(Map<String, Object> config) {
        servers = String.valueOf(config.get(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG));
        try {
            consumer = new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        } catch (KafkaException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new FeedException("brokers at " + servers + ": " + cause.getMessage(), e);
        }
    }

    /**
     * Takes every partition of the topics; nothing is read yet.
     *
     * @throws FeedException if the brokers do not answer or a topic does not exist
     */
    static AssignedConsumer open(Settings settings, Collection<String> topics) {
        var opened = new AssignedConsumer(config(settings));
        try {
            topics.forEach(opened::assign);
            opened.consumer.assign(opened.partitions);
            return opened;
        } catch (RuntimeException e) {
            opened.close();
            throw e;
        }
    }

    private static Map<String, Object> config(Settings settings) {
        var config = new HashMap<String, Object>();
        config.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, "localhost:9092");
        config.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, PATIENCE_MILLIS);
        config.put(ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG, PATIENCE_MILLIS);
        config.putAll(settings.kafka());
        config.remove(CommonClientConfigs.GROUP_ID_CONFIG);
        config.remove(CommonClientConfigs.GROUP_INSTANCE_ID_CONFIG);
        config.remove("group.protocol");
        config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        config.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        config.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        return config;
    }

    private void assign(String topic) {
        var found = asked("partitions of " + topic, () -> {
            try {
                return consumer.partitionsFor(topic);
            } catch (UnknownTopicOrPartitionException e) {
                return null;
            }
        });
        if (found == null || found.isEmpty()) {
            throw new FeedException("topic " + topic + " at " + servers
                    + ": expected to exist, not found; `weighbridge topics create` makes it");
        }
        found.forEach(info -> partitions.add(new TopicPartition(topic, info.partition())));
    }

    List<TopicPartition> partitions() {
        return List.copyOf(partitions);
    }

    /** Offsets of the first records, by partition. */
    Map<TopicPartition, Long> beginnings() {
        return asked("first offsets", () -> consumer.beginningOffsets(partitions));
    }

    /** Offsets after the last committed records, by partition. */
    Map<TopicPartition, Long> ends() {
        return asked("last offsets", () -> consumer.endOffsets(partitions));
    }

    /** Offsets of the first records written at the time or later, by partition; the end where there are none. */
    Map<TopicPartition, Long> offsetsAt(Instant time) {
        var query = new HashMap<TopicPartition, Long>();
        partitions.forEach(partition -> query.put(partition, Math.max(0, time.toEpochMilli())));
        var offsets = new HashMap<>(ends());
        asked("offsets at " + time, () -> consumer.offsetsForTimes(query)).forEach((partition, found) -> {
            if (found != null) {
                offsets.put(partition, found.offset());
            }
        });
        return offsets;
    }

    void seek(Map<TopicPartition, Long> offsets) {
        offsets.forEach(consumer::seek);
    }

    ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
        return asked("records", () -> consumer.poll(timeout));
    }

    long position(TopicPartition partition) {
        return asked("position in " + partition, () -> consumer.position(partition));
    }

    /** Whether all before these offsets was read. Transaction markers hold an offset but are no records, so positions count, not records. */
    boolean hasReached(Map<TopicPartition, Long> ends) {
        return ends.entrySet().stream().allMatch(end -> position(end.getKey()) >= end.getValue());
    }

    /**
     * Reads on to the given offsets, exclusive.
     *
     * @throws FeedException if nothing comes for half a minute
     */
    void readTo(Map<TopicPartition, Long> ends, Consumer<ConsumerRecord<byte[], byte[]>> visit) {
        long deadline = System.nanoTime() + STALL.toNanos();
        while (!hasReached(ends)) {
            var records = poll(POLL);
            for (var found : records) {
                var end = ends.get(new TopicPartition(found.topic(), found.partition()));
                if (end != null && found.offset() < end) {
                    visit.accept(found);
                }
            }
            if (!records.isEmpty()) {
                deadline = System.nanoTime() + STALL.toNanos();
            } else if (System.nanoTime() > deadline) {
                throw new FeedException("brokers at " + servers + ": no records for " + STALL.toSeconds()
                        + " s, though the end was not reached: " + ends);
            }
        }
    }

    /** Ends a poll in another thread with a {@link WakeupException}. */
    void wakeup() {
        consumer.wakeup();
    }

    @Override
    public void close() {
        consumer.close(org.apache.kafka.clients.consumer.CloseOptions.timeout(Duration.ofSeconds(2)));
    }

    private <T> T asked(String what, java.util.function.Supplier<T> question) {
        try {
            return question.get();
        } catch (TimeoutException e) {
            throw new FeedException("brokers at " + servers + ", asked for " + what + ": no answer", e);
        } catch (WakeupException e) {
            throw e;
        } catch (KafkaException e) {
            throw new FeedException("brokers at " + servers + ", asked for " + what + ": " + e.getMessage(), e);
        }
    }
}
