package io.weighbridge.hasher.format.pytorch;

import io.weighbridge.hasher.format.ModelFormatException;
import io.weighbridge.hasher.format.Shapes;
import java.util.List;

/** A tensor that was cut into boxes, each saved by itself. */
record PyPieces(List<Long> sizes, List<Piece> pieces) implements PyTensor {

    /** Training runs on so many devices at most; each pair of pieces is compared. */
    static final int MAX_PIECES = 2048;

    /** @param offsets where the box begins along each axis */
    record Piece(List<Long> offsets, PyView view) {

        private boolean overlaps(Piece other) {
            for (int axis = 0; axis < offsets.size(); axis++) {
                if (offsets.get(axis) >= other.end(axis) || other.offsets.get(axis) >= end(axis)) {
                    return false;
                }
            }
            return true;
        }

        /** Behind the last index along an axis. */
        long end(int axis) {
            return offsets.get(axis) + view.sizes().get(axis);
        }
    }

    /**
     * The pieces as one tensor; the only piece if that is all of it.
     *
     * @throws ModelFormatException unless every number is in exactly one of them, and they are of one type
     */
    static PyTensor of(String name, List<Long> sizes, List<Piece> pieces) throws ModelFormatException {
        if (pieces.isEmpty() || pieces.size() > MAX_PIECES) {
            throw ModelFormatException.unsupported(
                    "tensor " + name + ": expected 1 to " + MAX_PIECES + " pieces, got " + pieces.size());
        }
        long numbers = 0;
        for (var piece : pieces) {
            checkPlace(name, sizes, piece);
            numbers += Shapes.numbers(name, piece.view().shape());
            boolean isFirst = pieces.get(0) == piece;
            if (!isFirst
                    && piece.view().storage().type()
                            != pieces.get(0).view().storage().type()) {
                throw ModelFormatException.malformed("tensor " + name + ": its pieces are of several types");
            }
        }
        var whole = new PyPieces(List.copyOf(sizes), List.copyOf(pieces));
        if (numbers != Shapes.numbers(name, whole.shape()) || whole.hasOverlap()) {
            throw ModelFormatException.malformed(
                    "tensor " + name + ": expected each of its numbers in one of " + pieces.size() + " pieces");
        }
        return pieces.size() == 1 ? pieces.get(0).view() : whole;
    }

    private static void checkPlace(String name, List<Long> sizes, Piece piece) throws ModelFormatException {
        boolean isInside =
                piece.offsets().size() == sizes.size() && piece.view().sizes().size() == sizes.size();
        for (int axis = 0; isInside && axis < sizes.size(); axis++) {
            long offset = piece.offsets().get(axis);
            long size = piece.view().sizes().get(axis);
            isInside = offset >= 0 && size >= 0 && offset <= sizes.get(axis) - size;
        }
        if (!isInside) {
            throw ModelFormatException.malformed("tensor " + name + ": a piece of "
                    + piece.view().sizes() + " at " + piece.offsets() + " is not inside of " + sizes);
        }
    }

    private boolean hasOverlap() {
        for (int one = 0; one < pieces.size(); one++) {
            for (int other = 0; other < one; other++) {
                if (pieces.get(one).overlaps(pieces.get(other))) {
                    return true;
                }
            }
        }
        return false;
    }
}
