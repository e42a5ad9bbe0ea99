package io.weighbridge.app.bench.pipeline;

import io.weighbridge.app.client.Cluster;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;

/**
 * What a topic takes.
 *
 * @param records offsets that were given; markers of transactions have one too
 * @param bytes of its log on one broker, without replicas
 */
public record TopicVolume(long records, long bytes) {

    private static final TopicVolume NONE = new TopicVolume(0, 0);

    static Map<String, TopicVolume> ofAll(Cluster cluster) throws IOException, InterruptedException {
        try (Admin admin = cluster.admin()) {
            return ofAll(admin);
        } catch (ExecutionException e) {
            throw new IOException("sizes of topics: " + e.getCause().getMessage(), e);
        }
    }

    private static Map<String, TopicVolume> ofAll(Admin admin) throws ExecutionException, InterruptedException {
        var bytes = new HashMap<TopicPartition, Long>();
        var brokers = admin.describeCluster().nodes().get().stream()
                .map(node -> node.id())
                .toList();
        for (var folders :
                admin.describeLogDirs(brokers).allDescriptions().get().values()) {
            folders.values()
                    .forEach(folder -> folder.replicaInfos()
                            .forEach((partition, replica) -> bytes.merge(partition, replica.size(), Math::max)));
        }
        var ends = admin.listOffsets(bytes.keySet().stream()
                        .collect(Collectors.toMap(Function.identity(), partition -> OffsetSpec.latest())))
                .all()
                .get();
        var volumes = new TreeMap<String, TopicVolume>();
        ends.forEach((partition, end) -> volumes.merge(
                partition.topic(), new TopicVolume(end.offset(), bytes.get(partition)), TopicVolume::plus));
        return volumes;
    }

    /** What came to topics whose names contain a word since an earlier look. */
    static TopicVolume growth(Map<String, TopicVolume> before, Map<String, TopicVolume> after, String word) {
        return after.entrySet().stream()
                .filter(volume -> volume.getKey().contains(word))
                .map(volume -> volume.getValue().minus(before.getOrDefault(volume.getKey(), NONE)))
                .reduce(NONE, TopicVolume::plus);
    }

    private TopicVolume plus(TopicVolume other) {
        return new TopicVolume(records + other.records, bytes + other.bytes);
    }

    private TopicVolume minus(TopicVolume other) {
        return new TopicVolume(records - other.records, bytes - other.bytes);
    }
}
