package io.weighbridge.hasher;

import io.weighbridge.hasher.ScanProcessor.Outlets;
import io.weighbridge.schemas.Topic;
import io.weighbridge.schemas.avro.UploadEvent;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
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
 * model-uploads-backfill ─▶ scan-backfill, pending-backfill: as uploads, by its own share of the threads
 *
 * protected-models ─▶ scan-protections ──┬─▶ protected-codes
 *                    pending-protections └─▶ scan-outcomes
 * </pre>
 *
 * <p>Written with the processor API, which names every node by itself: one processor with two outlets of different types is the whole lane.
 */
public final class HasherTopology {

    /** What of a request comes back in its outcome, which has to fit Kafka's default limit of 1 MiB with a thousand files. */
    private static final int MAX_ECHOED_CHARS = 50_000;

    private HasherTopology() {}

    /** Opens no connection. The pool must outlive the streams that run the topology. */
    public static Topology build(HasherSettings settings, ScanPool pool) {
        var topology = new Topology(settings.topologyConfig());
        addUploads(topology, settings, pool);
        addBackfill(topology, settings, pool);
        addProtections(topology, settings, pool);
        return topology;
    }

    private static void addUploads(Topology topology, HasherSettings settings, ScanPool pool) {
        addUploads(
                topology,
                new UploadLane(Share.LIVE),
                settings.topics().modelUploads(),
                new Names("uploads", "model-codes", "upload-outcomes"),
                settings,
                pool);
    }

    private static void addBackfill(Topology topology, HasherSettings settings, ScanPool pool) {
        addUploads(
                topology,
                new UploadLane(Share.BACKFILL),
                settings.topics().modelUploadsBackfill(),
                new Names("backfill", "backfill-codes", "backfill-outcomes"),
                settings,
                pool);
    }

    /** What the nodes of a lane of uploads are named after. */
    private record Names(String lane, String codes, String outcomes) {}

    private static void addUploads(
            Topology topology,
            UploadLane lane,
            Topic<String, UploadEvent> in,
            Names names,
            HasherSettings settings,
            ScanPool pool) {
        String scan = "scan-" + names.lane();
        topology.addSource(
                "read-" + names.lane(),
                in.key().deserializer(),
                new Checked<>(
                        "value",
                        in.value().deserializer(),
                        upload -> missing(upload).or(() -> tooLong(lane, upload))),
                in.name());
        topology.addProcessor(
                scan,
                new ScanSupplier<>(
                        lane,
                        in,
                        "pending-" + names.lane(),
                        new Outlets("write-" + names.codes(), "write-" + names.outcomes()),
                        settings,
                        pool),
                "read-" + names.lane());
        write(topology, "write-" + names.codes(), settings.topics().modelCodes(), scan);
        write(topology, "write-" + names.outcomes(), settings.topics().scanOutcomes(), scan);
    }

    private static void addProtections(Topology topology, HasherSettings settings, ScanPool pool) {
        var topics = settings.topics();
        var protections = new ProtectionLane();
        topology.addSource(
                "read-protections",
                new Checked<>("key", topics.protectedModels().key().deserializer(), HasherTopology::missing),
                new Checked<>(
                        "value", topics.protectedModels().value().deserializer(), model -> tooLong(protections, model)),
                topics.protectedModels().name());
        topology.addProcessor(
                "scan-protections",
                new ScanSupplier<>(
                        protections,
                        topics.protectedModels(),
                        "pending-protections",
                        new Outlets("write-protected-codes", "write-protection-outcomes"),
                        settings,
                        pool),
                "read-protections");
        write(topology, "write-protected-codes", topics.protectedCodes(), "scan-protections");
        write(topology, "write-protection-outcomes", topics.scanOutcomes(), "scan-protections");
    }

    private static <V> void write(Topology topology, String node, Topic<String, V> topic, String from) {
        topology.addSink(
                node, topic.name(), topic.key().serializer(), topic.value().serializer(), from);
    }

    /** Makes a dead letter of what is no request: there is nobody to address an outcome to. */
    private record Checked<T>(String part, Deserializer<T> deserializer, Function<T, Optional<String>> fault)
            implements Deserializer<T> {

        @Override
        public T deserialize(String topic, byte[] bytes) {
            return deserialize(topic, new RecordHeaders(), bytes);
        }

        @Override
        public T deserialize(String topic, Headers headers, byte[] bytes) {
            T value = bytes == null ? null : deserializer.deserialize(topic, headers, bytes);
            fault.apply(value).ifPresent(fault -> {
                throw new SerializationException(part + " of a record of " + topic + ": " + fault);
            });
            return value;
        }
    }

    private static Optional<String> missing(Object part) {
        return part == null ? Optional.of("expected one, got null") : Optional.empty();
    }

    /** A withdrawal is null. */
    private static <V> Optional<String> tooLong(Lane<V> lane, V request) {
        int chars = request == null ? 0 : lane.echoedChars(request);
        return chars > MAX_ECHOED_CHARS
                ? Optional.of("expected at most " + MAX_ECHOED_CHARS + " characters in names and paths, got " + chars)
                : Optional.empty();
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
