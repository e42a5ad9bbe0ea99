package io.weighbridge.hasher.format.pickle;

import java.io.IOException;

/** What the persistent ids of a pickle stand for: values that lie outside of it. */
@FunctionalInterface
public interface PersistentIds {

    /** There is nothing outside of a bare pickle. */
    PersistentIds NONE = (id, input) -> {
        throw input.malformed("expected no persistent id in a bare pickle, got one");
    };

    Object load(Object id, PickleInput input) throws IOException;
}
