package io.weighbridge.matcher;

import io.weighbridge.matcher.store.CodeSide;
import io.weighbridge.schemas.avro.ModelCode;
import java.time.Instant;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * Splits a protected model's codes into messages. Remembers the codes in force, each by algorithm and model, so that an update or a
 * withdrawal removes what was sent before, and the same code again is not a new protection.
 */
final class SplitProtected extends ContextualProcessor<String, ModelCode, String, Split> {

    static final String NODE = "split-protected";

    /** Key: algorithm/id. Value: the record, with that algorithm's code alone. */
    static final String STORE = "protected-codes";

    private final MatcherSettings settings;
    private final MatcherMetrics metrics;
    private final CodeReader reader;
    private final Dispatch dispatch;
    private KeyValueStore<String, ModelCode> inForce;
    private Splitter splitter;

    SplitProtected(MatcherSettings settings, MatcherMetrics metrics) {
        this.settings = settings;
        this.metrics = metrics;
        reader = new CodeReader(settings.known());
        dispatch = new Dispatch(settings.partitions());
    }

    /** Where the codes in force are; the splitter of uploads counts and samples them. */
    static StoreBuilder<KeyValueStore<String, ModelCode>> store(MatcherSettings settings) {
        return Stores.keyValueStoreBuilder(
                Stores.persistentKeyValueStore(STORE),
                Serdes.String(),
                settings.topics().<ModelCode>avroSerde());
    }

    @Override
    public void init(ProcessorContext<String, Split> context) {
        super.init(context);
        inForce = context.getStateStore(STORE);
        splitter = new Splitter(context, settings.topics().protectedCodes(), MatcherSettings.ROLE + "/" + NODE);
    }

    @Override
    public void process(Record<String, ModelCode> record) {
        boolean isWithdrawn = record.value() == null && record.key() != null;
        var problem = reader.problem(record.key(), record.value(), CodeSide.PROTECTED);
        if (!isWithdrawn && problem.isPresent()) {
            splitter.refuse(record, problem.get());
            return;
        }
        if (!isWithdrawn) {
            metrics.ignored(reader.unknown(record.value()));
        }
        var arrivedAt = Instant.ofEpochMilli(record.timestamp());
        for (var rule : settings.rules().values()) {
            String key = rule.id() + "/" + record.key();
            var next = isWithdrawn
                    ? null
                    : CodeChange.only(rule.id(), record.value()).orElse(null);
            var change = CodeChange.of(dispatch, rule, inForce.get(key), next, arrivedAt);
            splitter.send(change.messages(), record.timestamp());
            inForce.put(key, change.inForce());
        }
    }
}
