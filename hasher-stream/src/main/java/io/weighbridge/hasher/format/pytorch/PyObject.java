package io.weighbridge.hasher.format.pytorch;

import java.util.List;

/** What a callable would have returned, had it been called: its arguments, and all that the pickle hangs on the result. Inert. */
final class PyObject implements Buildable {

    private final Object arguments;
    private PySequence items;
    private PyDict entries;
    private Object state = Opaque.VALUE;

    PyObject(Object arguments) {
        this.arguments = arguments;
    }

    Object arguments() {
        return arguments;
    }

    /** What was appended to it. */
    PySequence items() {
        // Most objects have none; a hostile pickle makes many.
        items = items == null ? new PySequence(List.of()) : items;
        return items;
    }

    /** What was put into it by key. */
    PyDict entries() {
        entries = entries == null ? new PyDict() : entries;
        return entries;
    }

    Object state() {
        return state;
    }

    @Override
    public void build(Object newState, PickleInput input) {
        state = newState;
    }
}
