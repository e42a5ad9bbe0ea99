package io.weighbridge.hasher.format.pytorch;

import io.weighbridge.hasher.format.ModelFormatException;
import io.weighbridge.hasher.format.ReadLimits;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/** Finds the tensors in an unpickled value, wherever they are, each container once. */
final class TensorFinder {

    /**
     * A tensor and its dotted name, as a state dict would name it.
     *
     * @param section the key of the outermost dictionary that it is under, empty if it is a value of that dictionary itself
     */
    record Found(String name, String section, PyTensor tensor) {}

    /** Longer paths cost more than they tell. */
    private static final int MAX_NAME = 1 << 12;

    private static final int MAX_DEPTH = 256;

    /** Levels that a module keeps its members under, and a state dict leaves out. */
    private static final Set<String> MEMBERS = Set.of("_parameters", "_buffers", "_modules");

    private final int maxTensors;
    private final List<Found> found = new ArrayList<>();
    private final Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());

    private String section = "";

    private TensorFinder(ReadLimits limits) {
        this.maxTensors = limits.maxTensors();
    }

    static List<Found> find(Object root, ReadLimits limits) throws ModelFormatException {
        var finder = new TensorFinder(limits);
        if (root instanceof PyDict sections) {
            finder.seen.add(root);
            finder.visitSections(sections);
        } else {
            finder.visit("", root, 0);
        }
        return finder.found;
    }

    private void visitSections(PyDict sections) throws ModelFormatException {
        for (var entry : sections.entries().entrySet()) {
            section = entry.getValue() instanceof PyTensor ? "" : String.valueOf(entry.getKey());
            visit(join("", entry.getKey()), entry.getValue(), 1);
        }
    }

    private void visit(String name, Object value, int depth) throws ModelFormatException {
        if (depth > MAX_DEPTH) {
            throw ModelFormatException.unsupported("pickle: values nested more than " + MAX_DEPTH + " deep");
        }
        if (value instanceof PyTensor tensor) {
            add(new Found(name.isEmpty() ? "tensor" : name, section, tensor));
        } else if (value instanceof PyDict dict && seen.add(dict)) {
            visitEntries(name, dict, depth);
        } else if (value instanceof PySequence sequence && seen.add(sequence)) {
            visitItems(name, sequence, depth);
        } else if (value instanceof PyObject object && seen.add(object)) {
            visit(name, object.arguments(), depth + 1);
            visit(name, object.state(), depth + 1);
            visit(name, object.items(), depth + 1);
            visit(name, object.entries(), depth + 1);
        }
    }

    private void visitEntries(String name, PyDict dict, int depth) throws ModelFormatException {
        for (var entry : dict.entries().entrySet()) {
            var key = entry.getKey();
            boolean isMember = key instanceof String text && MEMBERS.contains(text);
            visit(isMember ? name : join(name, key), entry.getValue(), depth + 1);
        }
    }

    private void visitItems(String name, PySequence sequence, int depth) throws ModelFormatException {
        for (int i = 0; i < sequence.items().size(); i++) {
            var item = sequence.items().get(i);
            if (!(item instanceof Number) && !(item instanceof String)) {
                visit(join(name, i), item, depth + 1);
            }
        }
    }

    private void add(Found tensor) throws ModelFormatException {
        if (found.size() == maxTensors) {
            throw ModelFormatException.tooLarge("tensors: more than maxTensors = " + maxTensors);
        }
        found.add(tensor);
    }

    private static String join(String name, Object key) {
        var part = key instanceof String || key instanceof Number ? key.toString() : "?";
        var joined = name.isEmpty() ? part : name + "." + part;
        return joined.length() <= MAX_NAME ? joined : joined.substring(0, MAX_NAME);
    }
}
