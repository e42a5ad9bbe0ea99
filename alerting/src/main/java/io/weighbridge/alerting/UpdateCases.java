package io.weighbridge.alerting;

import io.weighbridge.schemas.Topics;
import io.weighbridge.schemas.avro.InfringementAlert;
import io.weighbridge.schemas.avro.InfringementCase;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/** Brings the case of every alert up to date and sends it on; an alert delivered again sends nothing. */
final class UpdateCases implements ProcessorSupplier<String, InfringementAlert, String, InfringementCase> {

    private final Topics topics;
    private final AlertMetrics metrics;

    UpdateCases(Topics topics, AlertMetrics metrics) {
        this.topics = topics;
        this.metrics = metrics;
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
    public Processor<String, InfringementAlert, String, InfringementCase> get() {
        return new Task(metrics);
    }

    private static final class Task extends ContextualProcessor<String, InfringementAlert, String, InfringementCase> {

        private final AlertMetrics metrics;
        private KeyValueStore<String, InfringementCase> cases;
        private long counted;

        Task(AlertMetrics metrics) {
            this.metrics = metrics;
        }

        @Override
        public void init(ProcessorContext<String, InfringementCase> context) {
            super.init(context);
            cases = context.getStateStore(AlertingTopology.CASES_STORE);
            counted = 0;
            try (var all = cases.all()) {
                all.forEachRemaining(entry -> counted++);
            }
            metrics.casesOpened(counted);
        }

        @Override
        public void process(Record<String, InfringementAlert> alert) {
            var now = Instant.ofEpochMilli(context().currentSystemTimeMs());
            InfringementCase known = cases.get(alert.key());
            InfringementCase updated = Case.after(known, alert.value(), now);
            metrics.alertReceived();
            if (updated != known) {
                cases.put(alert.key(), updated);
                count(known == null, alert.value(), now);
                context()
                        .forward(
                                alert.withValue(updated).withHeaders(CaseEvent.headers(alert.headers(), updated, now)));
            }
        }

        private void count(boolean isOpened, InfringementAlert alert, Instant now) {
            metrics.occurred(alert, now);
            if (isOpened) {
                counted++;
                metrics.casesOpened(1);
            }
        }

        /** The next owner of the partition counts its cases. */
        @Override
        public void close() {
            metrics.casesOpened(-counted);
            counted = 0;
        }
    }
}
