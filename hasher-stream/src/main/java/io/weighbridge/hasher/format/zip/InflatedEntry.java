package io.weighbridge.hasher.format.zip;

import io.weighbridge.hasher.format.ModelBytes;
import io.weighbridge.hasher.format.ModelFormatException;
import io.weighbridge.hasher.format.ReadLimits;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * A deflated entry. Reading on from where the last read ended is cheap; reading backwards starts from the beginning. A large entry that is to be read
 * several times is laid down in a scratch file at once and read from there; any other is once as many bytes as it has were inflated only to be passed
 * over.
 */
final class InflatedEntry extends EntryRange implements Closeable {

    private static final int CHUNK_BYTES = 1 << 16;

    /** Each entry that is laid down takes a file handle: of a file, {@link ReadLimits#maxInflatedBytes()} over this many at most. */
    private static final int LARGE_BYTES = 16 << 20;

    private final ModelBytes file;
    private final InflateBudget budget;
    private Inflater inflater;
    private boolean isAttached;
    private long position;
    private long consumed;
    private long passedOver;
    private boolean mayLayDown = true;
    private FileChannel laidDown;

    InflatedEntry(ModelBytes file, ZipEntryInfo entry, long dataOffset, InflateBudget budget) {
        super(entry, dataOffset);
        this.file = file;
        this.budget = budget;
    }

    @Override
    public void readInto(ByteBuffer target, long offset, String what) throws IOException {
        checkBounds(target, offset, what);
        if (mayLayDown && passedOver > sizeBytes()) {
            layDown();
        }
        if (laidDown == null) {
            passTo(offset);
            inflate(target);
        } else {
            file.checkTime();
            readLaidDown(target, offset);
        }
    }

    private void passTo(long offset) throws IOException {
        if (inflater == null || offset < position) {
            rewind();
        }
        passedOver += offset - position;
        var skipped = ByteBuffer.allocate((int) Math.min(CHUNK_BYTES, offset - position));
        while (position < offset) {
            skipped.clear().limit((int) Math.min(skipped.capacity(), offset - position));
            inflate(skipped);
        }
    }

    @Override
    void prepare() throws IOException {
        if (mayLayDown && sizeBytes() >= LARGE_BYTES) {
            layDown();
        }
    }

    private void layDown() throws IOException {
        mayLayDown = false;
        var scratch = file.scratch(sizeBytes());
        if (scratch.isPresent() && fill(scratch.get())) {
            checkEnd();
            laidDown = scratch.get();
            release();
        }
    }

    /** Inflates all to the scratch file; false if the disk refuses it. */
    private boolean fill(FileChannel scratch) throws IOException {
        rewind();
        var chunk = ByteBuffer.allocate(CHUNK_BYTES);
        while (position < sizeBytes()) {
            chunk.clear().limit((int) Math.min(CHUNK_BYTES, sizeBytes() - position));
            inflate(chunk);
            if (!write(chunk.flip(), scratch)) {
                return false;
            }
        }
        return true;
    }

    private static boolean write(ByteBuffer chunk, FileChannel scratch) {
        try {
            while (chunk.hasRemaining()) {
                scratch.write(chunk);
            }
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private void readLaidDown(ByteBuffer target, long offset) throws IOException {
        long from = offset;
        while (target.hasRemaining()) {
            int read = laidDown.read(target, from);
            if (read < 0) {
                throw new EOFException("scratch file of zip entry " + entry().name() + ": ends at byte " + from);
            }
            from += read;
        }
    }

    @Override
    void checkEnd() throws IOException {
        if (laidDown != null) {
            return;
        }
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

    /** Gives back what inflating holds outside the heap; the next read starts over. */
    @Override
    public void close() {
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
