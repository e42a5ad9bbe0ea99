package io.weighbridge.alerting;

import io.weighbridge.schemas.Topic;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;

/** Keeps the rules of people in global stores, whole on each instance, and counts their changes, so that cases are looked through again. */
final class RuleChanges {

    private final AtomicLong count = new AtomicLong();

    /** Grows with every change of a rule that this instance comes to know. */
    long count() {
        return count.get();
    }

    /** Keeps the last record of each key of a topic in a global store. */
    <V extends SpecificRecord> void follow(StreamsBuilder builder, Topic<String, V> topic, String store) {
        builder.addGlobalStore(
                Stores.keyValueStoreBuilder(Stores.persistentKeyValueStore(store), topic.key(), topic.value())
                        .withLoggingDisabled(),
                topic.name(),
                topic.readAs("read-" + store),
                () -> new Keeper<V>(store));
    }

    private final class Keeper<V> extends ContextualProcessor<String, V, Void, Void> {

        private final String store;
        private KeyValueStore<String, V> rules;

        Keeper(String store) {
            this.store = store;
        }

        @Override
        public void init(ProcessorContext<Void, Void> context) {
            super.init(context);
            rules = context.getStateStore(store);
        }

        @Override
        public void process(Record<String, V> rule) {
            if (rule.key() != null) {
                rules.put(rule.key(), rule.value());
                count.incrementAndGet();
            }
        }
    }
}
