package io.weighbridge.hasher;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.zip.CRC32;
import java.util.zip.CheckedOutputStream;

/** A large model whose bytes are made as they are asked for: layers of random numbers, all the same, and the headers of a format between them. */
final class MadeFile {

    static final int INPUTS = 4096;
    static final long LAYER_BYTES = 64L << 20;

    /** Numbers that come again and again: so many that no two outputs are equal before they do. */
    private static final byte[] BLOCK = block();

    /** {@code source}, over and over, to so many bytes. */
    private record Part(byte[] source, long length) {
        void write(OutputStream out, long from, long to) throws IOException {
            for (long at = from; at < to; ) {
                int start = (int) (at % source.length);
                int count = (int) Math.min(source.length - start, to - at);
                out.write(source, start, count);
                at += count;
            }
        }
    }

    private final List<Part> parts = new ArrayList<>();
    private final long layers;
    private long size;

    private MadeFile(long layers) {
        this.layers = layers;
    }

    static MadeFile safetensors(long layers) {
        var header = new StringBuilder("{");
        for (long i = 0; i < layers; i++) {
            header.append(i == 0 ? "" : ",")
                    .append("\"layer.%d.weight\":{\"dtype\":\"F32\",\"shape\":[%d,%d],\"data_offsets\":[%d,%d]}"
                            .formatted(i, outputs(), INPUTS, i * LAYER_BYTES, (i + 1) * LAYER_BYTES));
        }
        header.append("}").append(" ".repeat((8 - (header.length() + 1) % 8) % 8));
        var file = new MadeFile(layers);
        file.add(little(Long.BYTES + header.length())
                .putLong(header.length())
                .put(ascii(header.toString()))
                .array());
        for (long i = 0; i < layers; i++) {
            file.addNumbers();
        }
        return file;
    }

    /** As {@code torch.save} writes a state dict; below 4 GiB, where zip archives need no longer offsets. */
    static MadeFile pytorch(int layers) {
        var file = new MadeFile(layers);
        var directory = new ByteArrayOutputStream();
        var pickle = pickle(layers);
        file.addEntry("made/data.pkl", pickle.length, crc(new Part(pickle, pickle.length)), directory);
        file.add(pickle);
        long crc = crc(new Part(BLOCK, LAYER_BYTES));
        for (int i = 0; i < layers; i++) {
            file.addEntry("made/data/" + i, LAYER_BYTES, crc, directory);
            file.addNumbers();
        }
        long directoryAt = file.size;
        file.add(directory.toByteArray());
        file.add(little(22)
                .putInt(0x06054b50)
                .putInt(0)
                .putShort((short) (layers + 1))
                .putShort((short) (layers + 1))
                .putInt(directory.size())
                .putInt((int) directoryAt)
                .putShort((short) 0)
                .array());
        return file;
    }

    long size() {
        return size;
    }

    long parameters() {
        return layers * (LAYER_BYTES / Float.BYTES);
    }

    String digest() throws NoSuchAlgorithmException, IOException {
        var digest = MessageDigest.getInstance("SHA-256");
        write(new DigestOutputStream(OutputStream.nullOutputStream(), digest), 0, size);
        return HexFormat.of().formatHex(digest.digest());
    }

    /** Writes the bytes from {@code from} up to, not including, {@code to}. */
    void write(OutputStream out, long from, long to) throws IOException {
        long start = 0;
        for (var part : parts) {
            long end = start + part.length;
            if (end > from && start < to) {
                part.write(out, Math.max(from, start) - start, Math.min(to, end) - start);
            }
            start = end;
        }
    }

    private static long outputs() {
        return LAYER_BYTES / INPUTS / Float.BYTES;
    }

    private void add(byte[] bytes) {
        parts.add(new Part(bytes, bytes.length));
        size += bytes.length;
    }

    private void addNumbers() {
        parts.add(new Part(BLOCK, LAYER_BYTES));
        size += LAYER_BYTES;
    }

    /** Adds the local header of an entry that is stored as it is, and its line of the directory. */
    private void addEntry(String name, long bytes, long crc, ByteArrayOutputStream directory) {
        var common = little(26)
                .putShort((short) 10)
                .putShort((short) 0)
                .putShort((short) 0)
                .putInt(0)
                .putInt((int) crc)
                .putInt((int) bytes)
                .putInt((int) bytes)
                .putShort((short) name.length())
                .putShort((short) 0)
                .array();
        directory.writeBytes(little(6).putInt(0x02014b50).putShort((short) 10).array());
        directory.writeBytes(common);
        directory.writeBytes(little(14).putInt(10, (int) size).array());
        directory.writeBytes(ascii(name));
        add(little(30 + name.length())
                .putInt(0x04034b50)
                .put(common)
                .put(ascii(name))
                .array());
    }

    /** {@code {"layer.0.weight": _rebuild_tensor_v2(('storage', FloatStorage, '0', 'cpu', numbers), 0, sizes, strides, False, OrderedDict()), ...}}. */
    private static byte[] pickle(int layers) {
        var pickle = new ByteArrayOutputStream();
        pickle.writeBytes(new byte[] {(byte) 0x80, 2, '}', '('});
        for (int i = 0; i < layers; i++) {
            text(pickle, "layer." + i + ".weight");
            pickle.writeBytes(ascii("ctorch._utils\n_rebuild_tensor_v2\n(("));
            text(pickle, "storage");
            pickle.writeBytes(ascii("ctorch\nFloatStorage\n"));
            text(pickle, "" + i);
            text(pickle, "cpu");
            number(pickle, LAYER_BYTES / Float.BYTES);
            pickle.writeBytes(ascii("tQK\0("));
            number(pickle, outputs());
            number(pickle, INPUTS);
            pickle.writeBytes(ascii("t("));
            number(pickle, INPUTS);
            number(pickle, 1);
            pickle.write('t');
            pickle.write(0x89);
            pickle.writeBytes(ascii("ccollections\nOrderedDict\n)RtR"));
        }
        pickle.writeBytes(ascii("u."));
        return pickle.toByteArray();
    }

    private static void text(ByteArrayOutputStream pickle, String text) {
        pickle.writeBytes(little(5).put((byte) 'X').putInt(text.length()).array());
        pickle.writeBytes(ascii(text));
    }

    private static void number(ByteArrayOutputStream pickle, long number) {
        pickle.writeBytes(little(5).put((byte) 'J').putInt((int) number).array());
    }

    private static long crc(Part part) {
        var out = new CheckedOutputStream(OutputStream.nullOutputStream(), new CRC32());
        try {
            part.write(out, 0, part.length);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return out.getChecksum().getValue();
    }

    private static byte[] block() {
        var random = new Random(11);
        var numbers = little(Float.BYTES * 1_000_003);
        while (numbers.hasRemaining()) {
            numbers.putFloat((float) random.nextGaussian());
        }
        return numbers.array();
    }

    private static ByteBuffer little(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
