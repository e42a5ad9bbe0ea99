package io.weighbridge.matcher;

import io.weighbridge.hash.AlgorithmId;
import io.weighbridge.hash.PerceptualCode;
import io.weighbridge.hash.search.SearchMode;
import io.weighbridge.matcher.PartitionStatus.State;
import io.weighbridge.matcher.store.SubstringStoreType;
import io.weighbridge.schemas.avro.IndexMessage;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StoreQueryParameters;
import org.apache.kafka.streams.StreamsMetadata;
import org.apache.kafka.streams.TaskMetadata;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.apache.kafka.streams.errors.StreamsNotStartedException;
import org.apache.kafka.streams.state.HostInfo;
import org.apache.kafka.streams.state.QueryableStoreType;
import org.apache.kafka.streams.state.QueryableStoreTypes;

/**
 * Questions to the partitions of the index that a running matcher has, asked from any thread. What other instances have they must be asked
 * themselves: {@link #instances} tells where they are.
 */
public final class MatcherQueries {

    /** The store that holds the index, by its name in Kafka Streams. */
    public static final String STORE = JoinSubstrings.ENTRIES;

    private final KafkaStreams streams;
    private final MatcherSettings settings;

    public MatcherQueries(KafkaStreams streams, MatcherSettings settings) {
        this.streams = streams;
        this.settings = settings;
    }

    /** How many partitions the index has in all, on whatever instances. */
    public int partitions() {
        return settings.partitions();
    }

    /** By which algorithms, and within which distance, codes are matched. */
    public List<MatchRule> rules() {
        return List.copyOf(settings.rules().values());
    }

    /** How many bits nearer to a protected model than to any baseline a copy must be. */
    public int baselineMarginBits() {
        return settings.baselineMarginBits();
    }

    /** Where the instances of this application answer, {@code HOST:PORT}, as Kafka tells; those that say where only. */
    public List<String> instances() {
        try {
            return streams.metadataForAllStreamsClients().stream()
                    .map(StreamsMetadata::hostInfo)
                    .filter(host -> !host.equals(HostInfo.unavailable()))
                    .map(host -> host.host() + ":" + host.port())
                    .sorted()
                    .distinct()
                    .toList();
        } catch (StreamsNotStartedException | IllegalStateException e) {
            // Not in its group yet, or no longer.
            return List.of();
        }
    }

    /**
     * The protected models and baselines near a code, from each partition that answers here.
     *
     * @param radiusBits inclusive; the rule's threshold if empty
     * @param most how many to name of each partition
     * @throws IllegalArgumentException if no rule is for the code, or the radius is more than is searched
     */
    public List<PartitionAnswer> lookUp(PerceptualCode code, OptionalInt radiusBits, int most) {
        var rule = rule(code);
        int radius = radius(rule, radiusBits);
        return active(partition -> partition.lookUp(rule, code, radius, most));
    }

    /**
     * The rule by which a code is matched.
     *
     * @throws IllegalArgumentException if there is none
     */
    public MatchRule rule(PerceptualCode code) {
        AlgorithmId id = code.algorithm();
        var rule = settings.rules().get(id);
        if (rule == null) {
            throw new IllegalArgumentException(
                    "code: expected one of " + settings.rules().keySet() + ", got " + id);
        }
        if (code.bits() != rule.plan().bits()) {
            throw new IllegalArgumentException(
                    "code: expected " + rule.plan().bits() + " bits for " + id + ", got " + code.bits());
        }
        return rule;
    }

    /**
     * The distance within which a look-up searches.
     *
     * @param asked the rule's threshold if empty
     * @throws IllegalArgumentException if it is out of bounds: an index finds nothing beyond the threshold
     */
    public static int radius(MatchRule rule, OptionalInt asked) {
        int radius = asked.orElse(rule.thresholdBits());
        boolean isScanned = rule.plan().modes().contains(SearchMode.SCAN);
        int largest = isScanned ? rule.plan().bits() : rule.thresholdBits();
        if (radius < 0 || radius > largest) {
            throw new IllegalArgumentException("radius: expected 0 to " + largest + " bits"
                    + (isScanned ? "" : ", the threshold that the index is made for") + ", got " + radius);
        }
        return radius;
    }

    /** Every partition of the index that this instance has, and those that it keeps a copy of. */
    public List<PartitionStatus> status() {
        var byPartition = new TreeMap<Integer, PartitionStatus>();
        for (var thread : streams.metadataForLocalThreads()) {
            note(byPartition, thread.standbyTasks(), State.STANDBY);
            note(byPartition, thread.activeTasks(), State.RESTORING);
        }
        active(PartitionQueries::status).forEach(status -> byPartition.put(status.partition(), status));
        return List.copyOf(byPartition.values());
    }

    private static void note(Map<Integer, PartitionStatus> byPartition, Iterable<TaskMetadata> tasks, State state) {
        for (var task : tasks) {
            if (task.topicPartitions().stream()
                    .map(TopicPartition::topic)
                    .anyMatch(topic -> topic.endsWith(MatcherTopology.REPARTITION))) {
                int partition = task.taskId().partition();
                byPartition.put(partition, PartitionStatus.silent(partition, state));
            }
        }
    }

    private <T> List<T> active(Function<PartitionQueries, T> question) {
        return IntStream.range(0, settings.partitions())
                .mapToObj(partition -> ask(partition, question))
                .flatMap(Optional::stream)
                .toList();
    }

    /** Empty if the partition is not active here, or moves elsewhere while it is asked: whoever asks sees that it is missing. */
    private <T> Optional<T> ask(int partition, Function<PartitionQueries, T> question) {
        try {
            var entries = store(JoinSubstrings.ENTRIES, new SubstringStoreType(), partition);
            var details =
                    store(JoinSubstrings.DETAILS, QueryableStoreTypes.<Bytes, IndexMessage>keyValueStore(), partition);
            return Optional.of(question.apply(new PartitionQueries(partition, entries, details)));
        } catch (IllegalStateException | InvalidStateStoreException e) {
            return Optional.empty();
        }
    }

    private <T> T store(String name, QueryableStoreType<T> type, int partition) {
        return streams.store(StoreQueryParameters.fromNameAndType(name, type).withPartition(partition));
    }
}
