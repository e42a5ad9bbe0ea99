package io.weighbridge.hasher.format.pytorch;

import io.weighbridge.hasher.format.ByteRange;
import io.weighbridge.hasher.format.ModelBytes;
import io.weighbridge.hasher.format.ModelFormatException;
import io.weighbridge.hasher.format.ReadLimits;
import io.weighbridge.hasher.format.pickle.Slice;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/**
 * The regular files of a tar archive, by name. Blocks of 512 bytes: a header, then content.
 *
 * <pre>
 * 0 name (100) | 124 size, octal (12) | 148 checksum, octal (8) | 156 type (1) | 257 "ustar"
 * </pre>
 */
final class TarFile {

    private static final int BLOCK = 512;
    private static final int MAGIC_AT = 257;
    private static final byte[] MAGIC = "ustar".getBytes(StandardCharsets.US_ASCII);

    private final ModelBytes file;
    private final Map<String, ByteRange> entries = new HashMap<>();

    private TarFile(ModelBytes file) {
        this.file = file;
    }

    static boolean isTar(ModelBytes file) throws IOException {
        var start = file.peek(0, BLOCK);
        return start.remaining() == BLOCK && start.slice(MAGIC_AT, MAGIC.length).equals(ByteBuffer.wrap(MAGIC));
    }

    /** Reads all headers; links, devices and names that occur twice are refused. */
    static TarFile open(ModelBytes file, ReadLimits limits) throws IOException {
        var tar = new TarFile(file);
        long at = 0;
        for (int entry = 0; !tar.isEnd(at); entry++) {
            if (entry == limits.maxEntries()) {
                throw ModelFormatException.tooLarge("tar archive: more than maxEntries = " + limits.maxEntries());
            }
            at = tar.readEntry(at);
        }
        return tar;
    }

    boolean contains(String name) {
        return entries.containsKey(name);
    }

    ByteRange entry(String name) throws ModelFormatException {
        var range = entries.get(name);
        if (range == null) {
            throw ModelFormatException.malformed("tar archive: no entry " + name);
        }
        return range;
    }

    /** An empty block ends the archive; some archives just end. */
    private boolean isEnd(long at) throws IOException {
        if (at == file.sizeBytes()) {
            return true;
        }
        var name = file.read(at, BLOCK, "tar header");
        return name.get(0) == 0;
    }

    /** Returns where the next header is. */
    private long readEntry(long at) throws IOException {
        var header = file.read(at, BLOCK, "tar header");
        checkSum(header, at);
        long size = octal(header, 124, 12, at);
        long from = at + BLOCK;
        if (size > file.sizeBytes() - from) {
            throw ModelFormatException.malformed(
                    "tar entry at byte " + at + ": expected " + size + " bytes, the file ends");
        }
        add(header, at, new Slice(file, from, size));
        return Math.min(file.sizeBytes(), from + (size + BLOCK - 1) / BLOCK * BLOCK);
    }

    private void add(ByteBuffer header, long at, ByteRange content) throws ModelFormatException {
        char type = (char) header.get(156);
        if (type == 'x' || type == 'g' || type == '5') {
            return;
        }
        if (type != '0' && type != 0) {
            throw ModelFormatException.unsupported("tar entry at byte " + at + ": type " + type + " is not read");
        }
        var name = text(header, 0, 100);
        if (entries.put(name.startsWith("./") ? name.substring(2) : name, content) != null) {
            throw ModelFormatException.malformed("tar entry " + name + " at byte " + at + ": the name occurs twice");
        }
    }

    /** The sum of all bytes, those of the checksum counted as spaces. */
    private static void checkSum(ByteBuffer header, long at) throws ModelFormatException {
        long sum = 0;
        for (int i = 0; i < BLOCK; i++) {
            sum += i >= 148 && i < 156 ? ' ' : header.get(i) & 0xff;
        }
        long expected = octal(header, 148, 8, at);
        if (sum != expected) {
            throw ModelFormatException.malformed(
                    "tar header at byte " + at + ": expected checksum " + expected + ", got " + sum);
        }
    }

    private static long octal(ByteBuffer header, int from, int length, long at) throws ModelFormatException {
        var digits = text(header, from, length).strip();
        try {
            return Long.parseUnsignedLong(digits, 8);
        } catch (NumberFormatException e) {
            throw ModelFormatException.malformed(
                    "tar header at byte " + at + ": expected an octal number, got " + digits);
        }
    }

    private static String text(ByteBuffer header, int from, int length) {
        int end = from;
        while (end < from + length && header.get(end) != 0) {
            end++;
        }
        return StandardCharsets.ISO_8859_1
                .decode(header.slice(from, end - from))
                .toString();
    }
}
