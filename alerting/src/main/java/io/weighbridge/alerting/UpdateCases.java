package io.weighbridge.alerting;

import io.weighbridge.schemas.Topics;
import io.weighbridge.schemas.avro.InfringementCase;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/** Gives each task its {@link CaseKeeper} and the store of its cases. */
final class UpdateCases implements ProcessorSupplier<String, CaseInput, String, CaseOutput> {

    private final Topics topics;
    private final AlertMetrics metrics;
    private final RuleChanges changes;

    UpdateCases(Topics topics, AlertMetrics metrics, RuleChanges changes) {
        this.topics = topics;
        this.metrics = metrics;
        this.changes = changes;
    }

    @Override
    public Set<StoreBuilder<?>> stores() {
        return Set.of(Stores.keyValueStoreBuilder(
                        Stores.persistentKeyValueStore(AlertingTopology.CASES_STORE),
                        Serdes.String(),
                        topics.<InfringementCase>avroSerde())
                .withLoggingEnabled(Map.of()));
    }

    @Override
    public Processor<String, CaseInput, String, CaseOutput> get() {
        return new CaseKeeper(topics, metrics, changes);
    }
}
