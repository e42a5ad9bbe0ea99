package io.weighbridge.hasher.format.pickle;

/** The name of a class or function in a pickle. Only a name: nothing is ever looked up or called by it. */
public record PyGlobal(String module, String name) {

    @Override
    public String toString() {
        return module + "." + name;
    }
}
