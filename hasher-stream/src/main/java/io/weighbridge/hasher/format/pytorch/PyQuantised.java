package io.weighbridge.hasher.format.pytorch;

import io.weighbridge.hasher.format.ModelFormatException;
import io.weighbridge.hasher.format.pickle.PickleInput;
import io.weighbridge.hasher.format.pickle.PyGlobal;
import io.weighbridge.hasher.format.pickle.PySequence;
import java.util.List;

/**
 * Integers that stand for weights: {@code (q - zeroPoint) * scale}.
 *
 * @param axis scales and zero points have a number for each of its indices; -1 if there is one for all
 * @param scales a one-dimensional tensor, or a list of one number
 */
record PyQuantised(PyView integers, int axis, Object scales, Object zeroPoints) implements PyTensor {

    @Override
    public List<Long> sizes() {
        return integers.sizes();
    }

    /** Reads {@code (torch.per_tensor_affine, scale, zero)} or {@code (torch.per_channel_affine, scales, zeros, axis)}. */
    static PyTensor of(PyView integers, Object parameters, PickleInput input) throws ModelFormatException {
        if (!(parameters instanceof PySequence list) || !(list.get(0) instanceof PyGlobal scheme)) {
            throw input.malformed("expected a scheme in the arguments of a quantised tensor");
        }
        return switch (scheme.toString()) {
            case "torch.per_tensor_affine", "torch.per_tensor_symmetric" ->
                new PyQuantised(integers, -1, number(list.get(1), input), number(list.get(2), input));
            case "torch.per_channel_affine", "torch.per_channel_symmetric", "torch.per_channel_affine_float_qparams" ->
                new PyQuantised(integers, axis(integers, list.get(3), input), list.get(1), list.get(2));
            default -> PyAbsent.notRead(integers.sizes(), "the quantisation " + scheme);
        };
    }

    private static Object number(Object value, PickleInput input) throws ModelFormatException {
        if (value instanceof Number number) {
            return number.doubleValue();
        }
        throw input.malformed("expected scale and zero point in the arguments of a quantised tensor");
    }

    private static int axis(PyView integers, Object value, PickleInput input) throws ModelFormatException {
        if (value instanceof Long axis && axis >= 0 && axis < integers.sizes().size()) {
            return axis.intValue();
        }
        throw input.malformed(
                "expected an axis below " + integers.sizes().size() + " in the arguments of a quantised tensor");
    }
}
