package io.weighbridge.hasher.format.pickle;

import java.io.IOException;

/** A value that a pickle completes after it made it. */
public interface Buildable {

    void build(Object state, PickleInput input) throws IOException;
}
