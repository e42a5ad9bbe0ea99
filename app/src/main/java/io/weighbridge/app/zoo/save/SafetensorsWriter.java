package io.weighbridge.app.zoo.save;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Writes tensors as a safetensors file, little-endian: length of the header (8 bytes) | header (JSON, padded with spaces to 8 bytes) |
 * the weights of all tensors in their order.
 */
public final class SafetensorsWriter {

    private SafetensorsWriter() {}

    /** Relies on: names need no escapes in JSON. */
    public static void write(Path file, List<SavedTensor> tensors, Precision precision) throws IOException {
        var header = header(tensors, precision).getBytes(StandardCharsets.UTF_8);
        try (var out = Files.newOutputStream(file)) {
            out.write(ByteBuffer.allocate(Long.BYTES)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putLong(header.length)
                    .array());
            out.write(header);
            var channel = Channels.newChannel(out);
            for (var tensor : tensors) channel.write(precision.encode(tensor));
        }
    }

    private static String header(List<SavedTensor> tensors, Precision precision) {
        var header = new StringBuilder("{\"__metadata__\":{\"format\":\"pt\"}");
        long offset = 0;
        for (var tensor : tensors) {
            long end = offset + (long) precision.sizeBytes() * tensor.size();
            header.append(",\"%s\":{\"dtype\":\"%s\",\"shape\":%s,\"data_offsets\":[%d,%d]}"
                    .formatted(tensor.name(), precision, shape(tensor), offset, end));
            offset = end;
        }
        header.append('}');
        return header.append(" ".repeat(-header.length() & 7)).toString();
    }

    private static String shape(SavedTensor tensor) {
        return Arrays.stream(tensor.shape()).mapToObj(Long::toString).collect(Collectors.joining(",", "[", "]"));
    }
}
