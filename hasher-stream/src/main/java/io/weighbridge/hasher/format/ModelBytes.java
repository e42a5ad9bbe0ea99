package io.weighbridge.hasher.format;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The bytes of one model file, read by position. Every read checks the bounds of the file and the time left, so a reader that gets all
 * its bytes here can neither run past the end nor run for ever.
 */
public final class ModelBytes implements ByteRange, Closeable {

    private final ByteRange source;
    private final Work work;
    private final Siblings siblings;
    private final List<Closeable> attached = new ArrayList<>();

    /** What all parts of a file share: the time they have, and what was inflated of them. */
    private static final class Work {

        private final Duration limit;
        private final long startNanos = System.nanoTime();
        private long inflatedBytes;

        Work(Duration limit) {
            this.limit = limit;
        }
    }

    private ModelBytes(ByteRange source, Work work, Siblings siblings) {
        this.source = source;
        this.work = work;
        this.siblings = siblings;
        if (source instanceof Closeable closeable) {
            attached.add(closeable);
        }
    }

    /** Opens a regular file of no repository; reads fail with {@link TimeLimitException} once {@code limit} has passed. */
    public static ModelBytes open(Path file, Duration limit) throws IOException {
        return of(FileRange.open(file), limit, Siblings.NONE);
    }

    /**
     * Takes bytes that lie anywhere; reads fail with {@link TimeLimitException} once {@code limit} has passed.
     *
     * @param source closed with this, if it can be
     * @param siblings the other files of the same repository
     */
    public static ModelBytes of(ByteRange source, Duration limit, Siblings siblings) {
        return new ModelBytes(source, new Work(limit), siblings);
    }

    /** Bytes inside this file, such as an entry of an archive, as a file of their own: closed with this, under the same time limit, without siblings. */
    public ModelBytes part(ByteRange bytes) {
        return part(bytes, Siblings.NONE);
    }

    /** As {@link #part(ByteRange)}, with siblings: the other files that lie beside it, also inside this file. */
    public ModelBytes part(ByteRange bytes, Siblings beside) {
        return attach(new ModelBytes(bytes, work, beside));
    }

    /** The name of this file, without folders; empty if it is not known. It tells where others may lie, never what is in this one. */
    public Optional<String> name() {
        return siblings.reader();
    }

    /**
     * Another file of the same repository, closed with this, under the same time limit.
     *
     * @param path relative to this file's folder, with {@code /} between names
     * @return empty if there is none
     * @throws ModelFormatException if the path leads out of the folder
     */
    public Optional<ModelBytes> sibling(String path) throws IOException {
        for (String name : path.split("/", -1)) {
            if (name.isEmpty() || name.equals(".") || name.equals("..") || name.contains("\\") || name.contains(":")) {
                throw ModelFormatException.malformed(
                        "file " + path + ": expected a path below the folder of the file that names it");
            }
        }
        var found = siblings.open(path);
        return found.map(bytes -> attach(new ModelBytes(bytes, work, Siblings.NONE)));
    }

    private ModelBytes attach(ModelBytes other) {
        attached.add(other);
        return other;
    }

    /** Size when the file was opened. */
    @Override
    public long sizeBytes() {
        return source.sizeBytes();
    }

    /**
     * Reads exactly {@code length} bytes; the buffer is little-endian.
     *
     * @param what the subject of the error message
     * @throws ModelFormatException if the file ends before
     */
    public ByteBuffer read(long offset, int length, String what) throws IOException {
        if (offset < 0 || length < 0 || length > sizeBytes() - offset) {
            throw ModelFormatException.malformed(what + " at byte " + offset + ": expected " + length
                    + " bytes, the file ends at byte " + sizeBytes());
        }
        var bytes = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        readInto(bytes, offset, what);
        return bytes.flip();
    }

    /** Reads up to {@code length} bytes from {@code offset}, fewer if the file ends before; the buffer is little-endian. */
    public ByteBuffer peek(long offset, int length) throws IOException {
        long left = Math.max(0, sizeBytes() - offset);
        return read(Math.min(offset, sizeBytes()), (int) Math.min(length, left), "first bytes");
    }

    @Override
    public void readInto(ByteBuffer target, long offset, String what) throws IOException {
        checkTime();
        source.readInto(target, offset, what);
    }

    @Override
    public void claim(long offset, long length) {
        source.claim(offset, length);
    }

    /** Fails once the time limit has passed: for work between reads. */
    public void checkTime() throws TimeLimitException {
        if (System.nanoTime() - work.startNanos > work.limit.toNanos()) {
            throw new TimeLimitException("not read within " + work.limit.toMillis() + " ms");
        }
    }

    /** Adds to the bytes that were inflated of the whole file, at every depth; returns how many they are now. */
    public long countInflated(long bytes) {
        work.inflatedBytes += bytes;
        return work.inflatedBytes;
    }

    /** Has {@code release} run when this is closed: for what a reader holds outside the heap. */
    public void onClose(Closeable release) {
        attached.add(release);
    }

    /**
     * A new empty file in the temporary folder for what a reader would otherwise work out again and again; it is gone once this is closed.
     *
     * @return empty if the disk has less than twice {@code sizeBytes} to spare, or refuses
     */
    public Optional<FileChannel> scratch(long sizeBytes) {
        try {
            var path = Files.createTempFile("weighbridge-", ".scratch");
            boolean hasRoom = Files.getFileStore(path).getUsableSpace() / 2 >= sizeBytes;
            var scratch = FileChannel.open(
                    path, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.DELETE_ON_CLOSE);
            onClose(scratch);
            return hasRoom ? Optional.of(scratch) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Closes all that was attached, the last first, even if closing some of it fails. */
    @Override
    public void close() throws IOException {
        IOException failure = null;
        for (int i = attached.size() - 1; i >= 0; i--) {
            try {
                attached.get(i).close();
            } catch (IOException e) {
                failure = failure == null ? e : failure;
            }
        }
        attached.clear();
        if (failure != null) {
            throw failure;
        }
    }
}
