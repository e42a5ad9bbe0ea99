package io.weighbridge.hasher.format.pytorch;

import io.weighbridge.hasher.format.ElementType;
import io.weighbridge.hasher.format.ModelFormatException;
import io.weighbridge.hasher.format.pickle.PickleInput;
import io.weighbridge.hasher.format.pickle.PySequence;
import java.util.ArrayList;
import java.util.List;

/**
 * A tensor of which only some numbers are stored; all others are 0, and those that are stored for one place several times are added.
 *
 * <pre>
 * sparse_coo  indices [axes, entries], the place of each entry along the first axes; values [entries, sizes of all other axes ...]
 * sparse_csr  pointers [rows + 1], the first entry of each row, and all of them at last; indices [entries], their columns; values [entries]
 * sparse_csc  the same by columns
 * </pre>
 *
 * @param pointers null for sparse_coo
 */
record PySparse(List<Long> sizes, String layout, PyView pointers, PyView indices, PyView values) implements PyTensor {

    private static final String PREFIX = "torch.sparse_";

    /** Reads {@code (layout, (indices, values, sizes, ...))} or {@code (layout, (pointers, indices, values, sizes))}. */
    static PyTensor of(PySequence arguments, PickleInput input) throws ModelFormatException {
        if (!(arguments.get(1) instanceof PySequence parts)) {
            throw input.malformed("expected indices, values and sizes in the arguments of a sparse tensor");
        }
        var layout = String.valueOf(arguments.get(0));
        boolean isCompressed = parts.get(2) instanceof PyTensor;
        int at = isCompressed ? 1 : 0;
        var sizes = PyTensor.longs(parts.get(at + 2), input);
        if (parts.get(0) instanceof PyView first
                && parts.get(at) instanceof PyView indices
                && parts.get(at + 1) instanceof PyView values) {
            var tensor = new PySparse(sizes, layout, isCompressed ? first : null, indices, values);
            return tensor.isRead() ? tensor : PyAbsent.notRead(sizes, "the sparse layout " + layout);
        }
        return PyAbsent.notRead(sizes, "the sparse layout " + layout);
    }

    /** Blocks, and stacks of matrices, are not. */
    private boolean isRead() {
        return switch (layout) {
            case PREFIX + "coo" -> pointers == null;
            case PREFIX + "csr", PREFIX + "csc" -> pointers != null && sizes.size() == 2;
            default -> false;
        };
    }

    boolean isByColumn() {
        return layout.equals(PREFIX + "csc");
    }

    long entries() {
        return indices.sizes().get(indices.sizes().size() - 1);
    }

    /** Axes that indices are kept for. */
    int sparseAxes() {
        return pointers == null ? indices.sizes().get(0).intValue() : 2;
    }

    /** Fails unless all parts lie in their storages and fit together. */
    void check(String name) throws ModelFormatException {
        ViewReader.check(name, indices);
        ViewReader.check(name, values);
        boolean fits = areWhole(indices) && (pointers == null ? fitsCoordinates() : fitsRows(name));
        if (!fits) {
            throw ModelFormatException.malformed("tensor " + name + ": indices " + indices.sizes() + " and values "
                    + values.sizes() + " do not fit together as " + layout + " of " + sizes);
        }
    }

    private boolean fitsCoordinates() {
        var axes = indices.sizes();
        if (axes.size() != 2 || axes.get(0) > sizes.size()) {
            return false;
        }
        var expected = new ArrayList<Long>();
        expected.add(axes.get(1));
        expected.addAll(sizes.subList(axes.get(0).intValue(), sizes.size()));
        return values.sizes().equals(expected);
    }

    private boolean fitsRows(String name) throws ModelFormatException {
        ViewReader.check(name, pointers);
        long rows = sizes.get(isByColumn() ? 1 : 0);
        return areWhole(pointers)
                && pointers.sizes().equals(List.of(rows + 1))
                && indices.sizes().size() == 1
                && values.sizes().equals(indices.sizes());
    }

    private static boolean areWhole(PyView view) {
        var type = view.storage().type();
        return type == ElementType.I64 || type == ElementType.I32;
    }
}
