package io.weighbridge.app.feed;

import io.weighbridge.schemas.Settings;
import io.weighbridge.schemas.Topic;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * Reads topics for people: to their present end, or following them. Sees committed records only and joins no consumer group. Records that
 * cannot be decoded are left out, logged and counted.
 */
public final class TopicReader {

    /** In time order; what was written to one partition at one time stays in order. */
    private static final Comparator<Entry<?>> BY_TIME = Comparator.<Entry<?>, Instant>comparing(Entry::timestamp)
            .thenComparingInt(Entry::partition)
            .thenComparingLong(Entry::offset);

    private final Settings settings;
    private final RecordDecoder decoder = new RecordDecoder();

    private TopicReader(Settings settings) {
        this.settings = settings;
    }

    /** A reader that connects with Kafka's own settings, when it reads. */
    public static TopicReader of(Settings settings) {
        return new TopicReader(settings);
    }

    /**
     * Every record up to the present end, in time order, tombstones included.
     *
     * @throws FeedException if the topic does not exist or the brokers do not answer
     */
    public <V> List<Entry<V>> readAll(Topic<String, V> topic) {
        try (var consumer = AssignedConsumer.open(settings, List.of(topic.name()))) {
            return read(topic, consumer, consumer.beginnings(), consumer.ends());
        }
    }

    /** As {@link #readAll}, only records of this time or later. */
    public <V> List<Entry<V>> readSince(Topic<String, V> topic, Instant time) {
        try (var consumer = AssignedConsumer.open(settings, List.of(topic.name()))) {
            var entries = read(topic, consumer, consumer.offsetsAt(time), consumer.ends());
            entries.removeIf(entry -> entry.timestamp().isBefore(time));
            return entries;
        }
    }

    /** As {@link #readAll}, only the newest {@code count} records, found from the end of the topic. */
    public <V> List<Entry<V>> readLast(Topic<String, V> topic, int count) {
        try (var consumer = AssignedConsumer.open(settings, List.of(topic.name()))) {
            var beginnings = consumer.beginnings();
            var ends = consumer.ends();
            // Offsets are not records: compaction and transaction markers leave gaps, so the window grows until it
            // holds enough.
            for (long window = 2L * count + 16; ; window *= 8) {
                var starts = startsBefore(ends, beginnings, window);
                var entries = read(topic, consumer, starts, ends);
                if (starts.equals(beginnings) || holdsEnough(entries, starts, beginnings, count)) {
                    return new ArrayList<>(entries.subList(Math.max(0, entries.size() - count), entries.size()));
                }
            }
        }
    }

    /**
     * The record at a place, as its bytes are; empty if it is not there any more.
     *
     * @throws FeedException if the topic does not exist or the brokers do not answer
     */
    public Optional<ConsumerRecord<byte[], byte[]>> readAt(String topic, int partition, long offset) {
        try (var consumer = AssignedConsumer.open(settings, List.of(topic))) {
            var place = new TopicPartition(topic, partition);
            var starts = new HashMap<>(consumer.ends());
            boolean isThere = consumer.partitions().contains(place)
                    && offset < starts.get(place)
                    && offset >= consumer.beginnings().get(place);
            if (!isThere) {
                return Optional.empty();
            }
            starts.put(place, offset);
            consumer.seek(starts);
            var found = new ArrayList<ConsumerRecord<byte[], byte[]>>();
            consumer.readTo(Map.of(place, offset + 1), found::add);
            return found.stream().filter(raw -> raw.offset() == offset).findFirst();
        }
    }

    /**
     * Calls the visitor for each record up to the present end, as its bytes are: of one partition in order.
     *
     * @throws FeedException if the topic does not exist or the brokers do not answer
     */
    public void forEachRaw(String topic, Consumer<ConsumerRecord<byte[], byte[]>> visit) {
        try (var consumer = AssignedConsumer.open(settings, List.of(topic))) {
            consumer.seek(consumer.beginnings());
            consumer.readTo(consumer.ends(), visit);
        }
    }

    /** What the bytes of a record say; empty if they are no record of the topic. */
    public <V> Optional<Entry<V>> decode(Topic<String, V> topic, ConsumerRecord<byte[], byte[]> raw) {
        return decoder.decode(topic, raw);
    }

    /**
     * Calls the visitor for each record between two places in time, as they come: of one partition in order.
     *
     * @param from records of each partition from the first one of this time or later
     * @param to up to, exclusive, the first one of this time or later
     * @return what was read of each partition, without partitions that hold nothing of the range
     */
    public <V> List<OffsetRange> readRange(Topic<String, V> topic, Instant from, Instant to, Consumer<Entry<V>> visit) {
        try (var consumer = AssignedConsumer.open(settings, List.of(topic.name()))) {
            var starts = consumer.offsetsAt(from);
            var ends = consumer.offsetsAt(to);
            consumer.seek(starts);
            consumer.readTo(ends, raw -> decoder.decode(topic, raw).ifPresent(visit));
            return ranges(starts, ends);
        }
    }

    /** What of each partition lies between two places in time, as {@link #readRange} would read it. */
    public List<OffsetRange> ranges(String topic, Instant from, Instant to) {
        try (var consumer = AssignedConsumer.open(settings, List.of(topic))) {
            return ranges(consumer.offsetsAt(from), consumer.offsetsAt(to));
        }
    }

    private static List<OffsetRange> ranges(Map<TopicPartition, Long> starts, Map<TopicPartition, Long> ends) {
        return ends.entrySet().stream()
                .map(end -> new OffsetRange(
                        end.getKey().topic(), end.getKey().partition(), starts.get(end.getKey()), end.getValue()))
                .filter(range -> range.from() < range.to())
                .sorted()
                .toList();
    }

    /** The last value of each key, oldest first; withdrawn keys are left out. For compacted topics. */
    public <V> Map<String, V> latest(Topic<String, V> topic) {
        var latest = new LinkedHashMap<String, V>();
        // Last by offset, not by time: that is what compaction keeps. A key has one partition.
        var entries = readAll(topic);
        entries.sort(Comparator.comparingLong(Entry::offset));
        var last = new HashMap<String, Entry<V>>();
        entries.forEach(entry -> last.put(entry.key(), entry));
        last.values().stream()
                .filter(entry -> !entry.isTombstone())
                .sorted(BY_TIME)
                .forEach(entry -> latest.put(entry.key(), entry.value()));
        return latest;
    }

    /**
     * As {@link #latest}, but one value after the other, by partition and offset: for topics that may not fit into memory.
     *
     * @return how many values were replaced and removed while they were read, and so not shown
     */
    public <V> int forEachLatest(Topic<String, V> topic, Consumer<Entry<V>> visit) {
        try (var consumer = AssignedConsumer.open(settings, List.of(topic.name()))) {
            return new LatestValues(consumer, decoder).forEach(topic, visit);
        }
    }

    /**
     * Calls the visitor for each record as it arrives, in a thread of its own, until closed.
     *
     * @param fromBeginning whether the records that are already there come first; otherwise only those written after this call returned
     * @throws FeedException if the topic does not exist or the brokers do not answer
     */
    public <V> Following follow(Topic<String, V> topic, boolean fromBeginning, Consumer<Entry<V>> visit) {
        var consumer = AssignedConsumer.open(settings, List.of(topic.name()));
        try {
            consumer.seek(fromBeginning ? consumer.beginnings() : consumer.ends());
        } catch (RuntimeException e) {
            consumer.close();
            throw e;
        }
        return Following.start(
                topic.name(), consumer, raw -> decoder.decode(topic, raw).ifPresent(visit));
    }

    /** How many records this reader left out because they could not be decoded. */
    public long undecodable() {
        return decoder.undecodable();
    }

    private <V> List<Entry<V>> read(
            Topic<String, V> topic,
            AssignedConsumer consumer,
            Map<TopicPartition, Long> starts,
            Map<TopicPartition, Long> ends) {
        consumer.seek(starts);
        var entries = new ArrayList<Entry<V>>();
        consumer.readTo(ends, raw -> decoder.decode(topic, raw).ifPresent(entries::add));
        entries.sort(BY_TIME);
        return entries;
    }

    private static Map<TopicPartition, Long> startsBefore(
            Map<TopicPartition, Long> ends, Map<TopicPartition, Long> beginnings, long window) {
        var starts = new HashMap<TopicPartition, Long>();
        ends.forEach((partition, end) -> starts.put(partition, Math.max(beginnings.get(partition), end - window)));
        return starts;
    }

    /** A partition cut off before its beginning must hold {@code count} records itself, or an older one of it could be missing. */
    private static boolean holdsEnough(
            List<? extends Entry<?>> entries,
            Map<TopicPartition, Long> starts,
            Map<TopicPartition, Long> beginnings,
            int count) {
        return starts.entrySet().stream()
                .filter(start -> start.getValue() > beginnings.get(start.getKey()))
                .allMatch(start -> entries.stream()
                                .filter(entry ->
                                        entry.partition() == start.getKey().partition())
                                .count()
                        >= count);
    }
}
