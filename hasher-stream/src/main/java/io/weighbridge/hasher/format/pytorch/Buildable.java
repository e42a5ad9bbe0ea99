package io.weighbridge.hasher.format.pytorch;

import java.io.IOException;

/** A value that a pickle completes after it made it. */
sealed interface Buildable permits PyObject, PyArray, PyDtype {

    void build(Object state, PickleInput input) throws IOException;
}
