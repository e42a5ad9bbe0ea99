package io.weighbridge.hasher.format.pytorch;

import java.util.List;

/** What a callable would have returned, had it been called: its arguments, and all that the pickle hangs on the result. Inert. */
final class PyObject {

    private final Object arguments;
    private final PySequence items = new PySequence(List.of());
    private final PyDict entries = new PyDict();
    private Object state = Opaque.VALUE;

    PyObject(Object arguments) {
        this.arguments = arguments;
    }

    Object arguments() {
        return arguments;
    }

    PySequence items() {
        return items;
    }

    PyDict entries() {
        return entries;
    }

    Object state() {
        return state;
    }

    void build(Object newState) {
        state = newState;
    }
}
