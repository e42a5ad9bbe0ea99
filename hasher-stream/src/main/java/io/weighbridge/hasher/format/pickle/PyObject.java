package io.weighbridge.hasher.format.pickle;

import java.util.List;

/** What a callable would have returned, had it been called: its arguments, and all that the pickle hangs on the result. Inert. */
public final class PyObject implements Buildable {

    private final Object arguments;
    private PySequence items;
    private PyDict entries;
    private Object state = Opaque.VALUE;

    public PyObject(Object arguments) {
        this.arguments = arguments;
    }

    public Object arguments() {
        return arguments;
    }

    /** What was appended to it. */
    public PySequence items() {
        // Most objects have none; a hostile pickle makes many.
        items = items == null ? new PySequence(List.of()) : items;
        return items;
    }

    /** What was put into it by key. */
    public PyDict entries() {
        entries = entries == null ? new PyDict() : entries;
        return entries;
    }

    public Object state() {
        return state;
    }

    @Override
    public void build(Object newState, PickleInput input) {
        state = newState;
    }
}
