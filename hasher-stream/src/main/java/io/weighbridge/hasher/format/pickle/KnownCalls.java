package io.weighbridge.hasher.format.pickle;

import java.io.IOException;

/** Callables beyond Python's own whose results a reader of pickles can describe as data. */
@FunctionalInterface
public interface KnownCalls {

    /** None: every result is inert. */
    KnownCalls NONE = (callable, arguments, input) -> new PyObject(arguments);

    /**
     * What the callable would return; a {@link PyObject} of the arguments if it is not known.
     *
     * @throws io.weighbridge.hasher.format.ModelFormatException if the arguments are not those of the callable
     */
    Object make(PyGlobal callable, PySequence arguments, PickleInput input) throws IOException;
}
