package io.weighbridge.hasher.format.pytorch;

import io.weighbridge.hasher.format.ModelFormatException;
import io.weighbridge.hasher.format.ReadLimits;
import io.weighbridge.hasher.format.pickle.Opaque;
import io.weighbridge.hasher.format.pickle.PyDict;
import io.weighbridge.hasher.format.pickle.PyObject;
import io.weighbridge.hasher.format.pickle.PySequence;
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
     * @param isAttribute whether a module holds it otherwise than as a parameter or buffer that it saves
     * @param section the key of the outermost dictionary that it is under, empty if it is a value of that dictionary itself, {@link
     *     #OPTIMIZER_SECTION} if it is in an optimizer
     */
    record Found(String name, String section, boolean isAttribute, PyTensor tensor) {}

    /** Longer paths cost more than they tell. */
    private static final int MAX_NAME = 1 << 12;

    private static final int MAX_DEPTH = 256;

    /** Levels that a module keeps its members under, and a state dict leaves out; in the order of a state dict. */
    private static final List<String> MEMBERS = List.of("_parameters", "_buffers", "_modules");

    /** What every optimizer of PyTorch keeps, pickled whole or as a state dict, whatever the key it is under. */
    private static final List<String> OPTIMIZER = List.of("state", "param_groups");

    /** The section of tensors in an optimizer. */
    static final String OPTIMIZER_SECTION = "optimizer";

    private static final String NOT_SAVED = "_non_persistent_buffers_set";

    private final int maxTensors;
    private final List<Found> found = new ArrayList<>();
    private final Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());

    private String section = "";
    private boolean isAttribute;

    private TensorFinder(ReadLimits limits) {
        this.maxTensors = limits.maxTensors();
    }

    static List<Found> find(Object root, ReadLimits limits) throws ModelFormatException {
        var finder = new TensorFinder(limits);
        // A subclass of dict is an object with entries.
        var sections = root instanceof PyObject object && object.state() == Opaque.VALUE ? object.entries() : root;
        if (sections instanceof PyDict dict && !dict.entries().isEmpty()) {
            finder.seen.add(dict);
            finder.visitSections(dict);
        }
        finder.visit("", root, 0);
        return finder.found;
    }

    private void visitSections(PyDict sections) throws ModelFormatException {
        for (var entry : sections.entries().entrySet()) {
            section = isTensor(entry.getValue()) ? "" : String.valueOf(entry.getKey());
            visit(join("", entry.getKey()), entry.getValue(), 1);
        }
        section = "";
    }

    private static boolean isTensor(Object value) {
        return value instanceof PyTensor || value instanceof PyArray;
    }

    private void visit(String name, Object value, int depth) throws ModelFormatException {
        if (depth > MAX_DEPTH) {
            throw ModelFormatException.tooLarge("pickle: values nested more than " + MAX_DEPTH + " deep, the limit");
        }
        if (value instanceof PyTensor tensor) {
            add(new Found(name.isEmpty() ? "tensor" : name, section, isAttribute, tensor));
        } else if (value instanceof PyArray array && seen.add(array)) {
            visit(name, array.tensor().isPresent() ? array.tensor().get() : array.objects(), depth + 1);
        } else if (value instanceof PyDict dict && seen.add(dict)) {
            visitDict(name, dict, depth);
        } else if (value instanceof PySequence sequence && seen.add(sequence)) {
            visitItems(name, sequence, depth);
        } else if (value instanceof PyObject object && seen.add(object)) {
            visit(name, object.arguments(), depth + 1);
            visit(name, object.state(), depth + 1);
            visit(name, object.items(), depth + 1);
            visit(name, object.entries(), depth + 1);
        }
    }

    private void visitDict(String name, PyDict dict, int depth) throws ModelFormatException {
        if (MEMBERS.stream().allMatch(dict.entries()::containsKey)) {
            visitModule(name, dict, depth);
            return;
        }
        var outer = section;
        section = OPTIMIZER.stream().allMatch(dict.entries()::containsKey) ? OPTIMIZER_SECTION : outer;
        for (var entry : dict.entries().entrySet()) {
            visit(join(name, entry.getKey()), entry.getValue(), depth + 1);
        }
        section = outer;
    }

    /** What a state dict would hold, in its order, then the rest. */
    private void visitModule(String name, PyDict module, int depth) throws ModelFormatException {
        boolean wasAttribute = isAttribute;
        for (var member : MEMBERS) {
            if (module.entries().get(member) instanceof PyDict members && seen.add(members)) {
                for (var entry : members.entries().entrySet()) {
                    isAttribute = wasAttribute || isNotSaved(module, entry.getKey());
                    visit(join(name, entry.getKey()), entry.getValue(), depth + 2);
                }
            }
        }
        isAttribute = true;
        for (var entry : module.entries().entrySet()) {
            visit(join(name, entry.getKey()), entry.getValue(), depth + 1);
        }
        isAttribute = wasAttribute;
    }

    private static boolean isNotSaved(PyDict module, Object buffer) {
        return module.entries().get(NOT_SAVED) instanceof PySequence names
                && names.items().contains(buffer);
    }

    private void visitItems(String name, PySequence sequence, int depth) throws ModelFormatException {
        for (int i = 0; i < sequence.items().size(); i++) {
            var item = sequence.items().get(i);
            if (!(item instanceof Number) && !(item instanceof String) && !(item instanceof Opaque)) {
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
