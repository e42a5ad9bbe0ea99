package io.weighbridge.hasher.format.keras;

import io.weighbridge.hasher.format.ModelBytes;
import io.weighbridge.hasher.format.ModelFormatException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;

/**
 * The channel that the HDF5 library reads a model through. It has no memory mapping, and every read is counted, timed and held to the
 * file: metadata that leads the library in circles comes to an end here.
 */
final class BoundedChannel extends FileChannel {

    private static final long FREE_READS = 50_000;
    private static final long BYTES_PER_READ = 64;
    private static final long MAX_READS = 2_000_000;
    private static final long FREE_BYTES = 8 << 20;
    private static final long PASSES = 4;

    private final ModelBytes file;
    private final long maxReads;
    private final long maxBytes;
    private long reads;
    private long bytes;

    BoundedChannel(ModelBytes file) {
        this.file = file;
        maxReads = Math.min(MAX_READS, FREE_READS + file.sizeBytes() / BYTES_PER_READ);
        maxBytes = FREE_BYTES + PASSES * file.sizeBytes();
    }

    ModelBytes file() {
        return file;
    }

    /** Counts reads anew: before numbers are read, as often as they are asked for. */
    synchronized void restart() {
        reads = 0;
        bytes = 0;
    }

    @Override
    public synchronized int read(ByteBuffer target, long position) throws IOException {
        reads++;
        if (reads > maxReads) {
            throw ModelFormatException.tooLarge("HDF5: more than " + maxReads + " reads");
        }
        if (position < 0) {
            throw ModelFormatException.malformed("HDF5: an address is negative: " + position);
        }
        int length = (int) Math.min(target.remaining(), Math.max(0, file.sizeBytes() - position));
        if (length == 0) {
            return -1;
        }
        // What is asked for, not what there is: the library has made room for it.
        bytes += target.remaining();
        if (bytes > maxBytes) {
            throw ModelFormatException.tooLarge("HDF5: reads more than " + maxBytes + " bytes, the file has "
                    + file.sizeBytes() + " and is read again and again");
        }
        int limit = target.limit();
        int start = target.position();
        target.limit(start + length);
        file.readInto(target, position, "HDF5");
        target.limit(limit);
        UntaggedOpaque.hide(target, start, start + length);
        return length;
    }

    @Override
    public long size() {
        return file.sizeBytes();
    }

    /** The library then reads instead. */
    @Override
    public MappedByteBuffer map(MapMode mode, long position, long size) {
        throw new UnsupportedOperationException("not mapped");
    }

    /** The file stays open for its owner. */
    @Override
    protected void implCloseChannel() {}

    @Override
    public int read(ByteBuffer target) {
        throw unsupported();
    }

    @Override
    public long read(ByteBuffer[] targets, int offset, int length) {
        throw unsupported();
    }

    @Override
    public int write(ByteBuffer source) {
        throw unsupported();
    }

    @Override
    public long write(ByteBuffer[] sources, int offset, int length) {
        throw unsupported();
    }

    @Override
    public int write(ByteBuffer source, long position) {
        throw unsupported();
    }

    @Override
    public long position() {
        throw unsupported();
    }

    @Override
    public FileChannel position(long newPosition) {
        throw unsupported();
    }

    @Override
    public FileChannel truncate(long size) {
        throw unsupported();
    }

    @Override
    public void force(boolean metaData) {
        throw unsupported();
    }

    @Override
    public long transferTo(long position, long count, WritableByteChannel target) {
        throw unsupported();
    }

    @Override
    public long transferFrom(ReadableByteChannel source, long position, long count) {
        throw unsupported();
    }

    @Override
    public FileLock lock(long position, long size, boolean shared) {
        throw unsupported();
    }

    @Override
    public FileLock tryLock(long position, long size, boolean shared) {
        throw unsupported();
    }

    private static UnsupportedOperationException unsupported() {
        return new UnsupportedOperationException("reads by position only");
    }
}
