package io.weighbridge.app.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/** Weights as bytes, little-endian, a megabyte at a time. */
final class WeightBytes {

    private static final int CHUNK_BYTES = 1 << 20;

    private WeightBytes() {}

    /** Takes bytes; the buffer is used again after the call. */
    interface Sink {
        void accept(ByteBuffer chunk) throws IOException;
    }

    static void forEachChunk(List<MemoryLayer> layers, Sink sink) throws IOException {
        var chunk = ByteBuffer.allocate(CHUNK_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (var layer : layers) {
            float[] values = layer.values();
            for (int from = 0; from < values.length; from += CHUNK_BYTES / Float.BYTES) {
                int count = Math.min(CHUNK_BYTES / Float.BYTES, values.length - from);
                chunk.clear().limit(count * Float.BYTES);
                chunk.asFloatBuffer().put(values, from, count);
                sink.accept(chunk);
            }
        }
    }

    /** Safetensors: length of the header (8 bytes) | header (JSON, padded with spaces to 8 bytes) | all weights. */
    static void writeFile(Path file, List<MemoryLayer> layers) throws IOException {
        byte[] header = header(layers).getBytes(StandardCharsets.US_ASCII);
        var start = ByteBuffer.allocate(Long.BYTES + header.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(header.length)
                .put(header)
                .flip();
        try (var channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            writeAll(channel, start);
            forEachChunk(layers, chunk -> writeAll(channel, chunk));
        }
    }

    private static void writeAll(FileChannel channel, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    private static String header(List<MemoryLayer> layers) {
        var header = new StringBuilder("{\"__metadata__\":{\"format\":\"pt\"}");
        long offset = 0;
        for (var layer : layers) {
            long end = offset + Float.BYTES * layer.size();
            header.append(",\"%s\":{\"dtype\":\"F32\",\"shape\":%s,\"data_offsets\":[%d,%d]}"
                    .formatted(layer.name(), layer.shape().dimensions(), offset, end));
            offset = end;
        }
        header.append('}');
        return header.append(" ".repeat(-header.length() & 7)).toString();
    }
}
