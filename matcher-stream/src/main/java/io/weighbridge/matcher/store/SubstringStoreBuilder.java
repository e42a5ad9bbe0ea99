package io.weighbridge.matcher.store;

import io.weighbridge.hash.search.SubstringPlan;
import java.util.Map;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueBytesStoreSupplier;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/** Builds {@link SubstringStore}s over key-value stores. */
public final class SubstringStoreBuilder implements StoreBuilder<SubstringStore> {

    private final StoreBuilder<KeyValueStore<Bytes, byte[]>> durable;
    private final Map<String, SubstringPlan> plans;

    /**
     * With a changelog, unless {@link #withLoggingDisabled()} is called.
     *
     * @param durable such as {@code Stores.persistentKeyValueStore(name)}
     * @param plans by the id of the algorithm
     */
    public SubstringStoreBuilder(KeyValueBytesStoreSupplier durable, Map<String, SubstringPlan> plans) {
        this.durable = Stores.keyValueStoreBuilder(durable, Serdes.Bytes(), Serdes.ByteArray());
        this.plans = Map.copyOf(plans);
    }

    @Override
    public SubstringStore build() {
        return new SubstringStore(durable.build(), plans);
    }

    /** Does nothing: the regions are in memory as it is. */
    @Override
    public SubstringStoreBuilder withCachingEnabled() {
        return this;
    }

    @Override
    public SubstringStoreBuilder withCachingDisabled() {
        durable.withCachingDisabled();
        return this;
    }

    @Override
    public SubstringStoreBuilder withLoggingEnabled(Map<String, String> config) {
        durable.withLoggingEnabled(config);
        return this;
    }

    @Override
    public SubstringStoreBuilder withLoggingDisabled() {
        durable.withLoggingDisabled();
        return this;
    }

    @Override
    public Map<String, String> logConfig() {
        return durable.logConfig();
    }

    @Override
    public boolean loggingEnabled() {
        return durable.loggingEnabled();
    }

    @Override
    public String name() {
        return durable.name();
    }
}
