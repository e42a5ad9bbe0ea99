package io.weighbridge.hasher.format;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
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

    private final FileChannel channel;
    private final long sizeBytes;
    private final Duration limit;
    private final long startNanos = System.nanoTime();
    private final List<Runnable> attached = new ArrayList<>();

    private ModelBytes(FileChannel channel, long sizeBytes, Duration limit) {
        this.channel = channel;
        this.sizeBytes = sizeBytes;
        this.limit = limit;
    }

    /** Opens a regular file; reads fail with {@link TimeLimitException} once {@code limit} has passed. */
    public static ModelBytes open(Path file, Duration limit) throws IOException {
        var channel = FileChannel.open(file, StandardOpenOption.READ);
        try {
            return new ModelBytes(channel, channel.size(), limit);
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    /** Size when the file was opened. */
    @Override
    public long sizeBytes() {
        return sizeBytes;
    }

    /**
     * Reads exactly {@code length} bytes; the buffer is little-endian.
     *
     * @param what the subject of the error message
     * @throws ModelFormatException if the file ends before
     */
    public ByteBuffer read(long offset, int length, String what) throws IOException {
        if (offset < 0 || length < 0 || length > sizeBytes - offset) {
            throw ModelFormatException.malformed(what + " at byte " + offset + ": expected " + length
                    + " bytes, the file ends at byte " + sizeBytes);
        }
        var bytes = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        readInto(bytes, offset, what);
        return bytes.flip();
    }

    /** Reads up to {@code length} bytes from {@code offset}, fewer if the file ends before; the buffer is little-endian. */
    public ByteBuffer peek(long offset, int length) throws IOException {
        long left = Math.max(0, sizeBytes - offset);
        return read(Math.min(offset, sizeBytes), (int) Math.min(length, left), "first bytes");
    }

    @Override
    public void readInto(ByteBuffer target, long offset, String what) throws IOException {
        checkTime();
        long position = offset;
        while (target.hasRemaining()) {
            int read = channel.read(target, position);
            if (read < 0) {
                throw ModelFormatException.malformed(what + " at byte " + position + ": expected " + target.remaining()
                        + " more bytes, the file ends");
            }
            position += read;
        }
    }

    /** Fails once the time limit has passed: for work between reads. */
    public void checkTime() throws TimeLimitException {
        if (System.nanoTime() - startNanos > limit.toNanos()) {
            throw new TimeLimitException("not read within " + limit.toMillis() + " ms");
        }
    }

    /** Has {@code release} run when this is closed: for what a reader holds outside the heap. */
    public void onClose(Runnable release) {
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
            onClose(() -> close(scratch));
            return hasRoom ? Optional.of(scratch) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static void close(FileChannel scratch) {
        try {
            scratch.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        attached.forEach(Runnable::run);
        channel.close();
    }
}
