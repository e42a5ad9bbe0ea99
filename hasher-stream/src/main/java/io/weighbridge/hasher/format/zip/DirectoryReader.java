package io.weighbridge.hasher.format.zip;

import io.weighbridge.hasher.format.ModelBytes;
import io.weighbridge.hasher.format.ModelFormatException;
import io.weighbridge.hasher.format.ReadLimits;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads the central directory of a zip archive.
 *
 * <p>Layout at the end of the file: {@code entries of 46 bytes + name + extra + comment | zip64 end of 56 bytes | zip64 locator of 20 |
 * end of 22 + comment}; the zip64 parts are optional.
 */
final class DirectoryReader {

    private static final int END_SIGNATURE = 0x06054b50;
    private static final int END_BYTES = 22;
    private static final int LOCATOR_SIGNATURE = 0x07064b50;
    private static final int LOCATOR_BYTES = 20;
    private static final int END64_SIGNATURE = 0x06064b50;
    private static final int END64_BYTES = 56;
    private static final int ENTRY_SIGNATURE = 0x02014b50;
    private static final int ENTRY_BYTES = 46;
    private static final int MAX_COMMENT_BYTES = 0xffff;

    /** Where the directory lies. */
    private record Place(long offset, long bytes, long entries) {}

    private final ModelBytes file;
    private final ReadLimits limits;

    DirectoryReader(ModelBytes file, ReadLimits limits) {
        this.file = file;
        this.limits = limits;
    }

    /** The entries in the order of the directory. */
    List<ZipEntryInfo> entries() throws IOException {
        var place = place();
        if (place.bytes > limits.maxHeaderBytes()) {
            throw ModelFormatException.tooLarge(
                    "zip directory: " + place.bytes + " bytes, more than maxHeaderBytes = " + limits.maxHeaderBytes());
        }
        if (place.entries > limits.maxEntries()) {
            throw ModelFormatException.tooLarge(
                    "zip directory: " + place.entries + " entries, more than maxEntries = " + limits.maxEntries());
        }
        var directory = file.read(place.offset, (int) place.bytes, "zip directory");
        var entries = new ArrayList<ZipEntryInfo>();
        while (directory.hasRemaining()) {
            if (entries.size() == place.entries) {
                throw ModelFormatException.malformed("zip directory: expected " + place.entries + " entries, got more");
            }
            entries.add(entry(directory, place.offset));
        }
        if (entries.size() != place.entries) {
            throw ModelFormatException.malformed(
                    "zip directory: expected " + place.entries + " entries, got " + entries.size());
        }
        return entries;
    }

    private Place place() throws IOException {
        long end = endOffset();
        var record = file.read(end, END_BYTES, "zip end record");
        var place = new Place(u32(record, 16), u32(record, 12), record.getShort(10) & 0xffff);
        long directoryEnd = end;
        if (end >= LOCATOR_BYTES) {
            var locator = file.read(end - LOCATOR_BYTES, LOCATOR_BYTES, "zip64 locator");
            if (locator.getInt(0) == LOCATOR_SIGNATURE) {
                directoryEnd = locator.getLong(8);
                place = place64(directoryEnd);
            }
        }
        if (place.offset < 0 || place.bytes < 0 || place.entries < 0 || place.offset + place.bytes != directoryEnd) {
            throw ModelFormatException.malformed("zip directory at byte " + place.offset + ": expected to end at byte "
                    + directoryEnd + ", got " + place.bytes + " bytes");
        }
        return place;
    }

    private Place place64(long offset) throws IOException {
        var record = file.read(offset, END64_BYTES, "zip64 end record");
        if (record.getInt(0) != END64_SIGNATURE) {
            throw ModelFormatException.malformed("zip64 end record at byte " + offset + ": expected its signature, got "
                    + Integer.toHexString(record.getInt(0)));
        }
        return new Place(record.getLong(48), record.getLong(40), record.getLong(32));
    }

    private long endOffset() throws IOException {
        int length = (int) Math.min(file.sizeBytes(), END_BYTES + MAX_COMMENT_BYTES);
        long start = file.sizeBytes() - length;
        var tail = file.read(start, length, "end of the zip archive");
        for (int at = length - END_BYTES; at >= 0; at--) {
            if (tail.getInt(at) == END_SIGNATURE) {
                int comment = tail.getShort(at + 20) & 0xffff;
                if (at + END_BYTES + comment != length) {
                    throw ModelFormatException.malformed("zip end record at byte " + (start + at) + ": expected "
                            + comment + " bytes of comment, got " + (length - at - END_BYTES));
                }
                return start + at;
            }
        }
        throw ModelFormatException.malformed("zip archive: no end record, the file is cut off");
    }

    private static ZipEntryInfo entry(ByteBuffer directory, long directoryOffset) throws ModelFormatException {
        long at = directoryOffset + directory.position();
        if (directory.remaining() < ENTRY_BYTES || directory.getInt(directory.position()) != ENTRY_SIGNATURE) {
            throw ModelFormatException.malformed("zip directory at byte " + at + ": expected an entry");
        }
        var fixed = directory.slice(directory.position(), ENTRY_BYTES).order(directory.order());
        int nameBytes = fixed.getShort(28) & 0xffff;
        int extraBytes = fixed.getShort(30) & 0xffff;
        int commentBytes = fixed.getShort(32) & 0xffff;
        if (directory.remaining() < ENTRY_BYTES + nameBytes + extraBytes + commentBytes) {
            throw ModelFormatException.malformed("zip directory at byte " + at + ": the entry runs past the directory");
        }
        directory.position(directory.position() + ENTRY_BYTES);
        var name = StandardCharsets.UTF_8.decode(take(directory, nameBytes)).toString();
        var extra = take(directory, extraBytes);
        take(directory, commentBytes);
        return entry(name, fixed, new Zip64Extra(name, extra));
    }

    private static ZipEntryInfo entry(String name, ByteBuffer fixed, Zip64Extra extra) throws ModelFormatException {
        long size = extra.widen(u32(fixed, 24));
        long compressed = extra.widen(u32(fixed, 20));
        long offset = extra.widen(u32(fixed, 42));
        if (size < 0 || compressed < 0 || offset < 0) {
            throw ModelFormatException.malformed("zip entry " + name + ": expected sizes and offset >= 0");
        }
        return new ZipEntryInfo(
                name,
                fixed.getShort(8) & 0xffff,
                fixed.getShort(10) & 0xffff,
                u32(fixed, 16),
                compressed,
                size,
                offset);
    }

    private static ByteBuffer take(ByteBuffer buffer, int bytes) {
        var taken = buffer.slice(buffer.position(), bytes).order(buffer.order());
        buffer.position(buffer.position() + bytes);
        return taken;
    }

    private static long u32(ByteBuffer buffer, int at) {
        return Integer.toUnsignedLong(buffer.getInt(at));
    }
}
