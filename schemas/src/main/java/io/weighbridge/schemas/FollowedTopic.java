package io.weighbridge.schemas;

import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;

/**
 * A topic of rules in a topology: the last record of each key in a global store, whole on each instance. Every record is decoded before it is
 * kept, at a start as well, so that one that cannot be read leaves the rule of its key as it was, and fails nobody who asks for it; a global
 * table would keep its bytes unread.
 */
public final class FollowedTopic {

    private FollowedTopic() {}

    /**
     * Keeps a topic in a global store.
     *
     * @param store name of the store, of keys and values as in the topic
     * @param changed run at every change, by the thread that reads the topic
     */
    public static <V extends SpecificRecord> void keep(
            StreamsBuilder builder, Topic<String, V> topic, String store, Runnable changed) {
        builder.addGlobalStore(
                Stores.keyValueStoreBuilder(Stores.persistentKeyValueStore(store), topic.key(), topic.value())
                        .withLoggingDisabled(),
                topic.name(),
                topic.readAs("read-" + store),
                () -> new Keeper<V>(store, changed));
    }

    private static final class Keeper<V> extends ContextualProcessor<String, V, Void, Void> {

        private final String store;
        private final Runnable changed;

        Keeper(String store, Runnable changed) {
            this.store = store;
            this.changed = changed;
        }

        @Override
        public void process(Record<String, V> rule) {
            if (rule.key() != null) {
                KeyValueStore<String, V> rules = context().getStateStore(store);
                rules.put(rule.key(), rule.value());
                changed.run();
            }
        }
    }
}
