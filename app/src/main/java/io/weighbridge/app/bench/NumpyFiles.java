package io.weighbridge.app.bench;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Writes weights as NumPy saves them, version 1.0: 93 "NUMPY" 1 0 | length of the header (2 bytes) | header, padded to 64 bytes | numbers. */
final class NumpyFiles {

    private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0};
    private static final int ALIGNMENT = 64;
    private static final int COLUMNS = 1024;

    private NumpyFiles() {}

    /** All weights as one matrix of 1024 columns ({@code numpy.save}); a rest that fills no row is left out. */
    static void writeNpy(Path file, List<MemoryLayer> layers) throws IOException {
        long rows = layers.stream().mapToLong(MemoryLayer::size).sum() / COLUMNS;
        long[] left = {rows * COLUMNS};
        try (var out = Files.newOutputStream(file)) {
            out.write(header(rows, COLUMNS));
            WeightBytes.forEachChunk(layers, chunk -> {
                int count = (int) Math.min(left[0] * Float.BYTES, chunk.limit());
                out.write(chunk.array(), 0, count);
                left[0] -= count / Float.BYTES;
            });
        }
    }

    /** A layer an entry, uncompressed ({@code numpy.savez}). */
    static void writeNpz(Path file, List<MemoryLayer> layers) throws IOException {
        try (var out = new ZipOutputStream(Files.newOutputStream(file))) {
            out.setMethod(ZipOutputStream.STORED);
            for (var layer : layers) {
                var bytes = new ByteArrayOutputStream();
                write(bytes, layer);
                out.putNextEntry(stored(layer.name() + ".npy", bytes.toByteArray()));
                bytes.writeTo(out);
            }
        }
    }

    private static ZipEntry stored(String name, byte[] content) {
        var crc = new CRC32();
        crc.update(content);
        var entry = new ZipEntry(name);
        entry.setSize(content.length);
        entry.setCrc(crc.getValue());
        return entry;
    }

    private static void write(OutputStream out, MemoryLayer layer) throws IOException {
        out.write(header(layer.shape().sizes()));
        WeightBytes.forEachChunk(List.of(layer), chunk -> out.write(chunk.array(), 0, chunk.limit()));
    }

    private static byte[] header(long... shape) {
        String sizes = Arrays.stream(shape).mapToObj(Long::toString).collect(Collectors.joining(", "));
        var text = new StringBuilder("{'descr': '<f4', 'fortran_order': False, 'shape': (" + sizes + "), }");
        int before = MAGIC.length + Short.BYTES;
        while ((before + text.length() + 1) % ALIGNMENT != 0) {
            text.append(' ');
        }
        byte[] ascii = text.append('\n').toString().getBytes(StandardCharsets.US_ASCII);
        return ByteBuffer.allocate(before + ascii.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(MAGIC)
                .putShort((short) ascii.length)
                .put(ascii)
                .array();
    }
}
