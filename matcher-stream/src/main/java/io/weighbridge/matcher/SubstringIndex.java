package io.weighbridge.matcher;

import io.weighbridge.schemas.avro.SubstringMessage;
import java.util.function.Supplier;

/** The entries of one partition, ordered by {@link EntryKey}. */
interface SubstringIndex {

    boolean contains(byte[] key);

    /** Adds or replaces an entry. */
    void put(byte[] key, IndexEntry entry);

    /** Does nothing if there is none. */
    void remove(byte[] key);

    /** Visits the entries whose keys begin with a prefix, in the order of their keys. */
    void forEach(byte[] prefix, Visitor visitor);

    /** Takes an entry's key, and its message for those who ask. */
    @FunctionalInterface
    interface Visitor {
        void visit(byte[] key, Supplier<SubstringMessage> message);
    }
}
