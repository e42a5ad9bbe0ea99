package io.weighbridge.matcher.store;

import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.state.QueryableStoreType;
import org.apache.kafka.streams.state.internals.StateStoreProvider;

/** Makes {@link SubstringStore} queryable from outside of its task: ask for one partition, and read under {@link SubstringStore#read}. */
public final class SubstringStoreType implements QueryableStoreType<SubstringStore> {

    @Override
    public boolean accepts(StateStore store) {
        return store instanceof SubstringStore;
    }

    /** @throws InvalidStateStoreException if the partition is not here */
    @Override
    public SubstringStore create(StateStoreProvider stores, String name) {
        return stores.stores(name, this).stream()
                .findFirst()
                .orElseThrow(() -> new InvalidStateStoreException("the store " + name + " is not here"));
    }
}
