package io.weighbridge.hasher;

import io.weighbridge.hasher.ScanProcessor.Outlets;
import io.weighbridge.schemas.Topic;
import java.util.Set;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;
import org.apache.kafka.streams.state.TimestampedKeyValueStore;

/**
 * Uploads and protected models in, their codes and outcomes out.
 *
 * <pre>
 * model-uploads ────▶ scan-uploads ──┬─▶ model-codes
 *                    pending-uploads └─▶ scan-outcomes
 *
 * protected-models ─▶ scan-protections ──┬─▶ protected-codes
 *                    pending-protections └─▶ scan-outcomes
 * </pre>
 *
 * <p>Written with the processor API, which names every node by itself: one processor with two outlets of different types is the whole lane.
 */
public final class HasherTopology {

    private HasherTopology() {}

    /** Opens no connection. The pool must outlive the streams that run the topology. */
    public static Topology build(HasherSettings settings, ScanPool pool) {
        var topics = settings.topics();
        var topology = new Topology(settings.topologyConfig());

        read(topology, "read-uploads", topics.modelUploads());
        topology.addProcessor(
                "scan-uploads",
                new ScanSupplier<>(
                        new UploadLane(),
                        topics.modelUploads(),
                        "pending-uploads",
                        new Outlets("write-model-codes", "write-upload-outcomes"),
                        settings,
                        pool),
                "read-uploads");
        write(topology, "write-model-codes", topics.modelCodes(), "scan-uploads");
        write(topology, "write-upload-outcomes", topics.scanOutcomes(), "scan-uploads");

        read(topology, "read-protections", topics.protectedModels());
        topology.addProcessor(
                "scan-protections",
                new ScanSupplier<>(
                        new ProtectionLane(),
                        topics.protectedModels(),
                        "pending-protections",
                        new Outlets("write-protected-codes", "write-protection-outcomes"),
                        settings,
                        pool),
                "read-protections");
        write(topology, "write-protected-codes", topics.protectedCodes(), "scan-protections");
        write(topology, "write-protection-outcomes", topics.scanOutcomes(), "scan-protections");
        return topology;
    }

    private static <V> void read(Topology topology, String node, Topic<String, V> topic) {
        topology.addSource(node, topic.key().deserializer(), topic.value().deserializer(), topic.name());
    }

    private static <V> void write(Topology topology, String node, Topic<String, V> topic, String from) {
        topology.addSink(
                node, topic.name(), topic.key().serializer(), topic.value().serializer(), from);
    }

    private record ScanSupplier<V>(
            Lane<V> lane,
            Topic<String, V> in,
            String storeName,
            Outlets outlets,
            HasherSettings settings,
            ScanPool pool)
            implements ProcessorSupplier<String, V, String, SpecificRecord> {

        @Override
        public Processor<String, V, String, SpecificRecord> get() {
            return new ScanProcessor<>(lane, storeName, outlets, settings, pool);
        }

        @Override
        public Set<StoreBuilder<?>> stores() {
            return Set.of(pendingStore());
        }

        private StoreBuilder<TimestampedKeyValueStore<PendingKey, V>> pendingStore() {
            return Stores.timestampedKeyValueStoreBuilder(
                    Stores.persistentTimestampedKeyValueStore(storeName), PendingKey.serde(), valueSerde());
        }

        /** Requests are kept as they were on their own topic, so the registry needs no subject for the changelog. */
        private Serde<V> valueSerde() {
            return Serdes.serdeFrom(
                    (topic, value) -> in.value().serializer().serialize(in.name(), value),
                    (topic, bytes) -> in.value().deserializer().deserialize(in.name(), bytes));
        }
    }
}
