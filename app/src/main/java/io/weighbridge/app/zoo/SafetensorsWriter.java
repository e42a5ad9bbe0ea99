package io.weighbridge.app.zoo;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
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

    /** How weights are stored. */
    public enum Precision {
        F32(4),
        F16(2),
        BF16(2);

        private final int bytes;

        Precision(int bytes) {
            this.bytes = bytes;
        }
    }

    private SafetensorsWriter() {}

    public static void write(Path file, List<NamedTensor> tensors, Precision precision) throws IOException {
        var header = header(tensors, precision).getBytes(StandardCharsets.UTF_8);
        var content = new ByteArrayOutputStream();
        content.writeBytes(littleEndian(Long.BYTES).putLong(header.length).array());
        content.writeBytes(header);
        for (var tensor : tensors) content.writeBytes(weights(tensor, precision));
        Files.write(file, content.toByteArray());
    }

    private static String header(List<NamedTensor> tensors, Precision precision) {
        var header = new StringBuilder("{\"__metadata__\":{\"format\":\"pt\"}");
        long offset = 0;
        for (var tensor : tensors) {
            long end = offset + (long) precision.bytes * tensor.size();
            header.append(",\"%s\":{\"dtype\":\"%s\",\"shape\":%s,\"data_offsets\":[%d,%d]}"
                    .formatted(tensor.name(), precision, shape(tensor), offset, end));
            offset = end;
        }
        header.append('}');
        return header.append(" ".repeat(-header.length() & 7)).toString();
    }

    private static String shape(NamedTensor tensor) {
        return Arrays.stream(tensor.shape()).mapToObj(Long::toString).collect(Collectors.joining(",", "[", "]"));
    }

    private static byte[] weights(NamedTensor tensor, Precision precision) {
        var bytes = littleEndian(precision.bytes * tensor.size());
        for (int i = 0; i < tensor.size(); i++) {
            float value = tensor.value(i);
            switch (precision) {
                case F32 -> bytes.putFloat(value);
                case F16 -> bytes.putShort(HalfPrecision.bits(value));
                case BF16 -> bytes.putShort(BrainFloat.bits(value));
            }
        }
        return bytes.array();
    }

    private static ByteBuffer littleEndian(int size) {
        return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    }
}
