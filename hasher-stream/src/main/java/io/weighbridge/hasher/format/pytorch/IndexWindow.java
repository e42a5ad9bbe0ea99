package io.weighbridge.hasher.format.pytorch;

import io.weighbridge.hasher.format.ByteRange;
import io.weighbridge.hasher.format.ElementType;
import io.weighbridge.hasher.format.ModelFormatException;
import java.io.IOException;
import java.nio.ByteBuffer;

/** Single indices of a view of integers of 32 or 64 bits, read in pieces: meant for one after the other. */
final class IndexWindow {

    private static final int BYTES = 1 << 15;

    private final ByteRange bytes;
    private final ElementType type;
    private final long first;
    private final long stride;
    private final long end;
    private final ByteBuffer piece;
    private long pieceAt;

    private IndexWindow(PyView view, long first, long stride) throws ModelFormatException {
        this.bytes = ViewReader.bytes(view.storage());
        this.type = view.storage().type();
        this.first = first;
        this.stride = stride;
        this.end = view.storage().first() + view.storage().numbers();
        this.piece = ByteBuffer.allocate(BYTES)
                .order(view.storage().storages().order())
                .limit(0);
    }

    /**
     * Indices along the last axis.
     *
     * @param row of a view with two axes; 0 of one with one
     */
    static IndexWindow of(PyView view, long row) throws ModelFormatException {
        int last = view.strides().size() - 1;
        long start = view.storage().first() + view.offset();
        return new IndexWindow(
                view,
                last == 0 ? start : start + row * view.strides().get(0),
                view.strides().get(last));
    }

    /** Relies on: the view lies inside of its storage. */
    long at(long index) throws IOException {
        long position = first + index * stride;
        if (position < pieceAt || (position - pieceAt + 1) * type.sizeBytes() > piece.limit()) {
            long length = Math.min(BYTES, (end - position) * type.sizeBytes());
            piece.clear().limit((int) length);
            bytes.readInto(piece, position * type.sizeBytes(), "indices");
            piece.flip();
            pieceAt = position;
        }
        int at = (int) (position - pieceAt) * type.sizeBytes();
        return type == ElementType.I64 ? piece.getLong(at) : piece.getInt(at);
    }
}
