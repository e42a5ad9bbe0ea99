package io.weighbridge.hasher;

import io.weighbridge.hasher.ScanProcessor.Outlets;
import io.weighbridge.schemas.Topic;
import java.util.Set;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.Deserializer;
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

        var uploads = topics.modelUploads();
        topology.addSource(
                "read-uploads",
                uploads.key().deserializer(),
                new Required<>("value", uploads.value().deserializer()),
                uploads.name());
        topology.addProcessor(
                "scan-uploads",
                new ScanSupplier<>(
                        new UploadLane(),
                        uploads,
                        "pending-uploads",
                        new Outlets("write-model-codes", "write-upload-outcomes"),
                        settings,
                        pool),
                "read-uploads");
        write(topology, "write-model-codes", topics.modelCodes(), "scan-uploads");
        write(topology, "write-upload-outcomes", topics.scanOutcomes(), "scan-uploads");

        var protections = topics.protectedModels();
        topology.addSource(
                "read-protections",
                new Required<>("key", protections.key().deserializer()),
                protections.value().deserializer(),
                protections.name());
        topology.addProcessor(
                "scan-protections",
                new ScanSupplier<>(
                        new ProtectionLane(),
                        protections,
                        "pending-protections",
                        new Outlets("write-protected-codes", "write-protection-outcomes"),
                        settings,
                        pool),
                "read-protections");
        write(topology, "write-protected-codes", topics.protectedCodes(), "scan-protections");
        write(topology, "write-protection-outcomes", topics.scanOutcomes(), "scan-protections");
        return topology;
    }

    private static <V> void write(Topology topology, String node, Topic<String, V> topic, String from) {
        topology.addSink(
                node, topic.name(), topic.key().serializer(), topic.value().serializer(), from);
    }

    /** Makes a record without this part a dead letter: it says nothing that could be scanned. */
    private record Required<T>(String part, Deserializer<T> deserializer) implements Deserializer<T> {

        @Override
        public T deserialize(String topic, byte[] bytes) {
            return deserialize(topic, new RecordHeaders(), bytes);
        }

        @Override
        public T deserialize(String topic, Headers headers, byte[] bytes) {
            if (bytes == null) {
                throw new SerializationException(part + " of a record of " + topic + ": expected one, got null");
            }
            return deserializer.deserialize(topic, headers, bytes);
        }
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
