package io.weighbridge.matcher;

import io.weighbridge.schemas.avro.InfringementAlert;
import io.weighbridge.schemas.avro.SubstringMessage;
import java.time.Duration;
import java.util.Set;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/** Keeps every code of this partition in the index and forwards an alert for each match of the other side, under the alert's id. */
final class JoinSubstrings extends ContextualProcessor<String, SubstringMessage, String, InfringementAlert> {

    static final String NODE = "join-substrings";

    /** Layout: {@link EntryKey}. */
    static final String ENTRIES = "substring-index";

    /** Layout: {@link StateStoreIndex}. */
    static final String UPLOADS_BY_TIME = "uploads-by-time";

    /** So many at a time, that a task is never away from its records for long. */
    private static final int EXPIRED_AT_ONCE = 50_000;

    private final MatcherSettings settings;
    private final MatcherMetrics metrics;
    private final ExpiryHorizon horizon;
    private StateStoreIndex index;
    private SubstringJoin join;
    private boolean isLayoutNoted;

    private JoinSubstrings(MatcherSettings settings, MatcherMetrics metrics) {
        this.settings = settings;
        this.metrics = metrics;
        horizon = new ExpiryHorizon(settings.grace());
    }

    static ProcessorSupplier<String, SubstringMessage, String, InfringementAlert> supplier(
            MatcherSettings settings, MatcherMetrics metrics) {
        return new ProcessorSupplier<>() {
            @Override
            public Processor<String, SubstringMessage, String, InfringementAlert> get() {
                return new JoinSubstrings(settings, metrics);
            }

            @Override
            public Set<StoreBuilder<?>> stores() {
                return Set.of(store(ENTRIES), store(UPLOADS_BY_TIME));
            }
        };
    }

    private static StoreBuilder<?> store(String name) {
        return Stores.keyValueStoreBuilder(Stores.persistentKeyValueStore(name), Serdes.Bytes(), Serdes.ByteArray());
    }

    @Override
    public void init(ProcessorContext<String, InfringementAlert> context) {
        super.init(context);
        index = new StateStoreIndex(
                context.getStateStore(ENTRIES),
                context.getStateStore(UPLOADS_BY_TIME),
                settings.topics().avroSerde(),
                context.applicationId() + "-" + ENTRIES + "-changelog");
        index.requireLayout(settings.layout());
        join = new SubstringJoin(index, settings.retention());
        metrics.entries(context.taskId(), index.size());
        var interval = Duration.ofMillis(Math.max(1_000, settings.grace().toMillis() / 4));
        context.schedule(interval, PunctuationType.WALL_CLOCK_TIME, this::expire);
    }

    @Override
    public void process(Record<String, SubstringMessage> record) {
        var entry = IndexEntry.of(record.value());
        var rule = settings.rules().get(entry.algorithm());
        if (rule == null) {
            metrics.ignored(1);
            return;
        }
        if (!isLayoutNoted) {
            index.noteLayout(settings.layout());
            isLayoutNoted = true;
        }
        var found = metrics.duration(rule.id()).record(() -> join.accept(rule, entry));
        found.matches().forEach(this::alert);
        metrics.found(rule.id(), found);
        metrics.entries(context().taskId(), index.size());
    }

    @Override
    public void close() {
        metrics.closed(context().taskId());
    }

    private void alert(Match match) {
        var alert = match.alert();
        var headers = match.cloudEvent().headers();
        context().forward(new Record<>(alert.getAlertId(), alert, match.timestampMillis(), headers));
    }

    private void expire(long wallMillis) {
        var upTo = horizon.advance(wallMillis, context().currentStreamTimeMs());
        if (upTo.isPresent()) {
            long retentionMillis = settings.retention().toMillis();
            metrics.expired(index.expire(upTo.getAsLong() - retentionMillis, EXPIRED_AT_ONCE));
            metrics.entries(context().taskId(), index.size());
        }
    }
}
