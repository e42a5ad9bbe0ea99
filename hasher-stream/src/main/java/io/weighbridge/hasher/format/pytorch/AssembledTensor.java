package io.weighbridge.hasher.format.pytorch;

import io.weighbridge.hasher.format.ModelFormatException;
import io.weighbridge.hasher.format.TensorData;
import io.weighbridge.hasher.format.pytorch.PyPieces.Piece;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The numbers of a tensor that was cut into boxes. Relies on: every number is in exactly one of them. */
final class AssembledTensor implements TensorData {

    private final long[] shape;
    private final List<Piece> pieces;
    private final List<TensorData> data;

    private AssembledTensor(long[] shape, List<Piece> pieces, List<TensorData> data) {
        this.shape = shape;
        this.pieces = pieces;
        this.data = data;
    }

    static AssembledTensor of(String name, PyPieces tensor, ViewReader views) throws ModelFormatException {
        var data = new ArrayList<TensorData>();
        for (var piece : tensor.pieces()) {
            data.add(views.data(name, piece.view()));
        }
        return new AssembledTensor(tensor.shape(), tensor.pieces(), data);
    }

    @Override
    public void read(long from, int count, float[] target, int at) throws IOException {
        int length;
        for (int done = 0; done < count; done += length) {
            var index = index(from + done);
            int piece = pieceAt(index);
            length = (int) Math.min(count - done, run(pieces.get(piece), index));
            data.get(piece).read(inside(pieces.get(piece), index), length, target, at + done);
        }
    }

    private long[] index(long position) {
        var index = new long[shape.length];
        long rest = position;
        for (int axis = shape.length - 1; axis >= 0; axis--) {
            index[axis] = rest % shape[axis];
            rest /= shape[axis];
        }
        return index;
    }

    private int pieceAt(long[] index) {
        for (int i = 0; i < pieces.size(); i++) {
            if (holds(pieces.get(i), index)) {
                return i;
            }
        }
        throw new IllegalStateException("no piece has this number");
    }

    private static boolean holds(Piece piece, long[] index) {
        for (int axis = 0; axis < index.length; axis++) {
            if (index[axis] < piece.offsets().get(axis) || index[axis] >= piece.end(axis)) {
                return false;
            }
        }
        return true;
    }

    /** How many numbers follow each other both in the tensor and in the piece: to the end of the piece along the first axis that it is cut on, from behind. */
    private long run(Piece piece, long[] index) {
        int axis = shape.length - 1;
        long inner = 1;
        while (axis > 0 && piece.view().sizes().get(axis) == shape[axis]) {
            inner *= shape[axis];
            axis--;
        }
        long passed = 0;
        for (int i = axis + 1; i < shape.length; i++) {
            passed = passed * shape[i] + index[i];
        }
        return (piece.end(axis) - index[axis]) * inner - passed;
    }

    /** The place of a number in its piece, row-major. */
    private static long inside(Piece piece, long[] index) {
        long position = 0;
        for (int axis = 0; axis < index.length; axis++) {
            position = position * piece.view().sizes().get(axis)
                    + index[axis]
                    - piece.offsets().get(axis);
        }
        return position;
    }
}
