package io.weighbridge.hasher.format;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A regular file on this machine.
 *
 * @param sizeBytes size when it was opened
 */
public record FileRange(FileChannel channel, long sizeBytes) implements ByteRange, Closeable {

    public static FileRange open(Path file) throws IOException {
        var channel = FileChannel.open(file, StandardOpenOption.READ);
        try {
            return new FileRange(channel, channel.size());
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    @Override
    public void readInto(ByteBuffer target, long offset, String what) throws IOException {
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

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
