package io.weighbridge.matcher;

import static io.weighbridge.schemas.LogEvent.event;

import io.weighbridge.matcher.store.SubstringStore;
import io.weighbridge.matcher.store.SubstringStoreBuilder;
import io.weighbridge.schemas.avro.IndexMessage;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps every code of this partition in the index and forwards a finding for each match of the other side, under the alert's id. */
final class JoinSubstrings extends ContextualProcessor<String, IndexMessage, String, Finding> {

    private static final Logger LOG = LoggerFactory.getLogger(JoinSubstrings.class);

    static final String NODE = "join-substrings";

    /** The codes: {@link SubstringStore}. */
    static final String ENTRIES = "substring-index";

    /** What alerts say of their models. Layout: {@link EntryDetails}. */
    static final String DETAILS = "entry-details";

    /** Global store of protection policies, by protected model. */
    static final String POLICIES = "policies-in-force";

    /** So many at a time, that a task is never away from its records for long. */
    private static final int EXPIRED_AT_ONCE = 50_000;

    /** How long a search waits for others that share its pass. */
    private static final Duration GATHERING = Duration.ofMillis(10);

    /** How old the figures of the store may be while nothing is searched. */
    private static final Duration REPORTING = Duration.ofSeconds(1);

    private final MatcherSettings settings;
    private final MatcherMetrics metrics;
    private final ExpiryHorizon horizon;
    private SubstringStore store;
    private KeyValueStore<Bytes, IndexMessage> details;
    private SubstringJoin join;
    private ProtectionModes modes;
    private boolean isLayoutNoted;

    private JoinSubstrings(MatcherSettings settings, MatcherMetrics metrics) {
        this.settings = settings;
        this.metrics = metrics;
        horizon = new ExpiryHorizon(settings.grace());
    }

    static ProcessorSupplier<String, IndexMessage, String, Finding> supplier(
            MatcherSettings settings, MatcherMetrics metrics) {
        return new ProcessorSupplier<>() {
            @Override
            public Processor<String, IndexMessage, String, Finding> get() {
                return new JoinSubstrings(settings, metrics);
            }

            @Override
            public Set<StoreBuilder<?>> stores() {
                return Set.of(entries(settings), details(settings));
            }
        };
    }

    private static StoreBuilder<SubstringStore> entries(MatcherSettings settings) {
        var plans = settings.rules().values().stream()
                .collect(Collectors.toMap(rule -> rule.id().toString(), MatchRule::plan));
        return new SubstringStoreBuilder(Stores.persistentKeyValueStore(ENTRIES), plans);
    }

    private static StoreBuilder<KeyValueStore<Bytes, IndexMessage>> details(MatcherSettings settings) {
        return Stores.keyValueStoreBuilder(
                Stores.persistentKeyValueStore(DETAILS),
                Serdes.Bytes(),
                settings.topics().avroSerde());
    }

    @Override
    public void init(ProcessorContext<String, Finding> context) {
        super.init(context);
        store = context.getStateStore(ENTRIES);
        details = context.getStateStore(DETAILS);
        modes = new ProtectionModes(context.getStateStore(POLICIES));
        load();
        join = new SubstringJoin(store, details, settings, metrics, SubstringJoin.CHUNK, this::forward);
        context.schedule(GATHERING, PunctuationType.WALL_CLOCK_TIME, now -> advance());
        var interval = Duration.ofMillis(Math.max(1_000, settings.grace().toMillis() / 4));
        context.schedule(interval, PunctuationType.WALL_CLOCK_TIME, this::expire);
        context.schedule(REPORTING, PunctuationType.WALL_CLOCK_TIME, now -> report());
        report();
    }

    private void load() {
        long startNanos = System.nanoTime();
        store.load(settings.layout());
        if (store.size() > 0) {
            LOG.info(
                    event("index.loaded"),
                    "task {}: {} entries in memory after {} ms",
                    context().taskId(),
                    store.size(),
                    Duration.ofNanos(System.nanoTime() - startNanos).toMillis());
        }
    }

    @Override
    public void process(Record<String, IndexMessage> record) {
        var entry = IndexEntry.of(record.value());
        if (!settings.rules().containsKey(entry.algorithm())) {
            metrics.ignored(1);
            return;
        }
        if (!isLayoutNoted) {
            store.noteLayout(settings.layout());
            isLayoutNoted = true;
        }
        join.accept(entry);
    }

    @Override
    public void close() {
        metrics.closed(context().taskId());
        store.unload();
    }

    private void forward(Finding matched) {
        var finding = modes.apply(matched);
        metrics.found(finding);
        var match = finding.match();
        context()
                .forward(new Record<>(
                        match.alertId(),
                        finding,
                        match.timestampMillis(),
                        match.cloudEvent().headers()));
    }

    private void advance() {
        if (join.pending() > 0) {
            join.advance();
            report();
        }
    }

    private void expire(long wallMillis) {
        var upTo = horizon.advance(wallMillis, context().currentStreamTimeMs());
        if (upTo.isPresent()) {
            long retentionMillis = settings.retention().toMillis();
            metrics.expired(store.expire(
                    upTo.getAsLong() - retentionMillis, EXPIRED_AT_ONCE, key -> details.delete(Bytes.wrap(key))));
            report();
        }
    }

    private void report() {
        metrics.store(context().taskId(), store.size(), store.bytes(), join.pending());
    }
}
