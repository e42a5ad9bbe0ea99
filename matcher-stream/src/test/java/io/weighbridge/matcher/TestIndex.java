package io.weighbridge.matcher;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.weighbridge.matcher.store.SubstringStore;
import io.weighbridge.matcher.store.SubstringStoreBuilder;
import io.weighbridge.schemas.TestTopics;
import io.weighbridge.schemas.avro.IndexMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;

/** The join of one partition with its real stores, in memory and without a changelog. */
final class TestIndex implements AutoCloseable {

    private final MatcherSettings settings;
    private final int chunk;
    private final SubstringStore store;
    private final KeyValueStore<Bytes, IndexMessage> details;
    private final List<Finding> findings = new ArrayList<>();
    private SubstringJoin join;

    TestIndex(MatchRule... rules) {
        this(TestIndex.settings(Map.of(), rules), SubstringJoin.CHUNK);
    }

    /** @param chunk slots of uploads that protected codes are compared with at a time */
    TestIndex(MatcherSettings settings, int chunk) {
        this.settings = settings;
        this.chunk = chunk;
        var context = new MockProcessorContext<Void, Void>();
        var plans = settings.rules().values().stream()
                .collect(Collectors.toMap(rule -> rule.id().toString(), MatchRule::plan));
        store = new SubstringStoreBuilder(Stores.inMemoryKeyValueStore("index"), plans)
                .withLoggingDisabled()
                .build();
        store.init(context.getStateStoreContext(), store);
        details = Stores.keyValueStoreBuilder(
                        Stores.inMemoryKeyValueStore("details"),
                        Serdes.Bytes(),
                        TestTopics.mockTopics().<IndexMessage>avroSerde())
                .withLoggingDisabled()
                .build();
        details.init(context.getStateStoreContext(), details);
        restart();
    }

    /** Settings with rules of their own. */
    static MatcherSettings settings(Map<String, String> values, MatchRule... rules) {
        var algorithms = List.of(rules).stream().map(MatchRule::algorithm).toList();
        var names = List.of(rules).stream().map(rule -> rule.id().toString()).collect(Collectors.joining(","));
        var settings = MatcherSettings.from(
                TestTopics.mock()
                        .with(Map.of(MatcherSettings.ALGORITHMS, names))
                        .with(values),
                algorithms);
        return new MatcherSettings(
                settings.topics(),
                settings.streams(),
                settings.known(),
                List.of(rules).stream().collect(Collectors.toMap(MatchRule::id, rule -> rule)),
                settings.retention(),
                settings.grace(),
                settings.partitions(),
                settings.sourcePartitions(),
                settings.flood(),
                settings.baselineMarginBits());
    }

    /** As after a crash: all that is in memory is built again. */
    void restart() {
        store.load(settings.layout());
        join = new SubstringJoin(
                store,
                details,
                settings,
                new MatcherMetrics(new SimpleMeterRegistry(), settings.rules().keySet()),
                chunk,
                findings::add);
    }

    void accept(IndexMessage message) {
        join.accept(IndexEntry.of(message));
    }

    void advance() {
        join.advance();
    }

    /** Does all that waits. */
    void finish() {
        while (join.pending() > 0) {
            join.advance();
        }
    }

    /** What was found since the last call. */
    List<Finding> findings() {
        var found = List.copyOf(findings);
        findings.clear();
        return found;
    }

    SubstringStore store() {
        return store;
    }

    KeyValueStore<Bytes, IndexMessage> details() {
        return details;
    }

    int pending() {
        return join.pending();
    }

    /** Whether neither codes nor details nor searches are left. */
    boolean isEmpty() {
        try (var all = details.all()) {
            return store.size() == 0
                    && join.pending() == 0
                    && store.notes().pending().isEmpty()
                    && !all.hasNext();
        }
    }

    @Override
    public void close() {
        store.close();
        details.close();
    }
}
