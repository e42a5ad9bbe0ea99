package io.weighbridge.hasher.format.zip;

import io.weighbridge.hasher.format.ModelBytes;
import io.weighbridge.hasher.format.ModelFormatException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** A deflated entry. Reading on from where the last read ended is cheap; reading backwards starts from the beginning. */
final class InflatedEntry extends EntryRange {

    private static final int CHUNK_BYTES = 1 << 16;

    private final ModelBytes file;
    private final InflateBudget budget;
    private Inflater inflater;
    private boolean isAttached;
    private long position;
    private long consumed;

    InflatedEntry(ModelBytes file, ZipEntryInfo entry, long dataOffset, InflateBudget budget) {
        super(entry, dataOffset);
        this.file = file;
        this.budget = budget;
    }

    @Override
    public void readInto(ByteBuffer target, long offset, String what) throws IOException {
        checkBounds(target, offset, what);
        if (inflater == null || offset < position) {
            rewind();
        }
        var skipped = ByteBuffer.allocate((int) Math.min(CHUNK_BYTES, offset - position));
        while (position < offset) {
            skipped.clear().limit((int) Math.min(skipped.capacity(), offset - position));
            inflate(skipped);
        }
        inflate(target);
    }

    @Override
    void checkEnd() throws IOException {
        if (inflater == null) {
            rewind();
        }
        var beyond = ByteBuffer.allocate(1);
        if (inflateSome(beyond) != 0
                || !inflater.finished()
                || consumed - inflater.getRemaining() != entry().compressedBytes()) {
            throw ModelFormatException.malformed(
                    "zip entry " + entry().name() + ": expected " + entry().compressedBytes()
                            + " bytes that inflate to " + sizeBytes() + ", the stream does not end there");
        }
        release();
    }

    private void rewind() {
        release();
        inflater = new Inflater(true);
        if (!isAttached) {
            file.onClose(this::release);
            isAttached = true;
        }
    }

    private void release() {
        if (inflater != null) {
            inflater.end();
            inflater = null;
        }
        position = 0;
        consumed = 0;
    }

    private void inflate(ByteBuffer target) throws IOException {
        while (target.hasRemaining()) {
            if (inflateSome(target) == 0) {
                throw ModelFormatException.malformed("zip entry " + entry().name() + ": expected " + sizeBytes()
                        + " bytes, the stream ends after " + position);
            }
        }
    }

    /** Inflates at least one byte to {@code target}, unless the stream has ended: then 0. */
    private int inflateSome(ByteBuffer target) throws IOException {
        try {
            int count = 0;
            while (count == 0 && !inflater.finished() && !inflater.needsDictionary()) {
                if (inflater.needsInput() && !feed()) {
                    return 0;
                }
                count = inflater.inflate(target);
            }
            position += count;
            budget.spend(count);
            return count;
        } catch (DataFormatException e) {
            throw ModelFormatException.malformed(
                    "zip entry " + entry().name() + " after " + position + " bytes: " + e.getMessage());
        }
    }

    private boolean feed() throws IOException {
        int length = (int) Math.min(CHUNK_BYTES, entry().compressedBytes() - consumed);
        if (length == 0) {
            return false;
        }
        inflater.setInput(file.read(dataOffset() + consumed, length, "zip entry " + entry().name()));
        consumed += length;
        return true;
    }
}
