package io.weighbridge.alerting.sink.ocsf;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * An open file of whole lines. What was appended is on the disk when {@link #append} returns. Invariant, from opening on: the file is empty or
 * ends with a line break; the rest of a line that a crash cut short is removed.
 */
final class LineFile implements AutoCloseable {

    private static final int WINDOW_BYTES = 1 << 16;

    private final FileChannel channel;
    private long sizeBytes;

    private LineFile(FileChannel channel, long sizeBytes) {
        this.channel = channel;
        this.sizeBytes = sizeBytes;
    }

    /** Opens the file, or makes an empty one; its folder must exist. */
    static LineFile open(Path file) throws IOException {
        boolean isNew = Files.notExists(file);
        var channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        try {
            long whole = wholeLines(channel);
            channel.truncate(whole);
            channel.force(true);
            if (isNew) {
                syncFolder(file);
            }
            return new LineFile(channel, whole);
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    /** Makes the names in the folder of a file last. */
    static void syncFolder(Path file) throws IOException {
        try (var folder = FileChannel.open(file.toAbsolutePath().getParent(), StandardOpenOption.READ)) {
            folder.force(true);
        }
    }

    long sizeBytes() {
        return sizeBytes;
    }

    /**
     * Appends bytes that end with a line break.
     *
     * @throws IOException if they may not be whole; the file is then to be opened anew
     */
    void append(byte[] lines) throws IOException {
        var bytes = ByteBuffer.wrap(lines);
        while (bytes.hasRemaining()) {
            channel.write(bytes, sizeBytes + bytes.position());
        }
        channel.force(true);
        sizeBytes += lines.length;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    /** Length of the file up to its last line break, searched from its end. */
    private static long wholeLines(FileChannel channel) throws IOException {
        long end = channel.size();
        while (end > 0) {
            long start = Math.max(0, end - WINDOW_BYTES);
            var window = ByteBuffer.allocate((int) (end - start));
            while (window.hasRemaining() && channel.read(window, start + window.position()) >= 0) {
                // reads on
            }
            for (int i = window.position() - 1; i >= 0; i--) {
                if (window.get(i) == '\n') {
                    return start + i + 1;
                }
            }
            end = start;
        }
        return 0;
    }
}
