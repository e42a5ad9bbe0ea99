package io.weighbridge.hasher.format.zip;

import io.weighbridge.hasher.format.ByteRange;
import io.weighbridge.hasher.format.ModelBytes;
import io.weighbridge.hasher.format.ModelFormatException;
import io.weighbridge.hasher.format.ReadLimits;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32;

/**
 * The entries of a zip archive, by name.
 *
 * <p>Readers of the same archive disagree wherever its parts contradict each other, and scanners have been deceived that way. So: local
 * headers must equal the directory, names are unique, entries do not overlap, and {@link #verify()} compares every checksum.
 */
public final class ZipArchive {

    private static final int SIGNATURE = 0x04034b50;
    private static final int CHUNK_BYTES = 1 << 18;
    /** Deflated weights shrink to half, pruned ones to a tenth; above this the entry is a bomb. */
    private static final long MAX_RATIO = 250;

    private static final long FREE_OF_RATIO_BYTES = 4 << 20;

    private final ModelBytes file;
    private final ReadLimits limits;
    private final Map<String, EntryRange> ranges = new LinkedHashMap<>();

    private ZipArchive(ModelBytes file, ReadLimits limits) {
        this.file = file;
        this.limits = limits;
    }

    /** Whether the file begins as a zip archive with entries does. */
    public static boolean isZip(ModelBytes file) throws IOException {
        var start = file.peek(0, Integer.BYTES);
        return start.remaining() == Integer.BYTES && start.getInt() == SIGNATURE;
    }

    /** Reads the directory and all local headers, no content. */
    public static ZipArchive open(ModelBytes file, ReadLimits limits) throws IOException {
        var archive = new ZipArchive(file, limits);
        var budget = new InflateBudget(limits.maxInflatedBytes());
        long declared = 0;
        for (var entry : new DirectoryReader(file, limits).entries()) {
            declared = Math.addExact(declared, archive.checkDeclared(entry));
            if (declared > limits.maxInflatedBytes()) {
                throw ModelFormatException.tooLarge(
                        "zip archive: inflates to more than maxInflatedBytes = " + limits.maxInflatedBytes());
            }
            long dataOffset = new LocalHeader(file, entry).dataOffset();
            if (entry.compressedBytes() > file.sizeBytes() - dataOffset) {
                throw ModelFormatException.malformed("zip entry " + entry.name() + " at byte " + dataOffset
                        + ": expected " + entry.compressedBytes() + " bytes, the file ends");
            }
            var range = EntryRange.of(file, entry, dataOffset, budget);
            if (archive.ranges.put(entry.name(), range) != null) {
                throw ModelFormatException.malformed("zip entry " + entry.name() + ": the name occurs twice");
            }
        }
        Overlaps.check(archive.ranges.values());
        return archive;
    }

    /** The names in the order of the directory. */
    public Collection<String> names() {
        return ranges.keySet();
    }

    public boolean contains(String name) {
        return ranges.containsKey(name);
    }

    /** The content of an entry. */
    public ByteRange entry(String name) throws ModelFormatException {
        var range = ranges.get(name);
        if (range == null) {
            throw ModelFormatException.malformed("zip archive: no entry " + name);
        }
        return range;
    }

    /** The whole content of an entry that is held in memory, at most {@link ReadLimits#maxHeaderBytes()}. */
    public ByteBuffer readHeader(String name) throws IOException {
        var range = entry(name);
        if (range.sizeBytes() > limits.maxHeaderBytes()) {
            throw ModelFormatException.tooLarge("zip entry " + name + ": " + range.sizeBytes()
                    + " bytes, more than maxHeaderBytes = " + limits.maxHeaderBytes());
        }
        var content = ByteBuffer.allocate((int) range.sizeBytes());
        range.readInto(content, 0, "zip entry " + name);
        return content.flip();
    }

    /** Reads the content of all entries once, and compares sizes and checksums. */
    public void verify() throws IOException {
        var chunk = ByteBuffer.allocate(CHUNK_BYTES);
        for (var range : ranges.values()) {
            var crc = new CRC32();
            for (long offset = 0; offset < range.sizeBytes(); offset += CHUNK_BYTES) {
                chunk.clear().limit((int) Math.min(CHUNK_BYTES, range.sizeBytes() - offset));
                range.readInto(chunk, offset, "zip entry " + range.entry().name());
                crc.update(chunk.flip());
            }
            range.checkEnd();
            if (crc.getValue() != range.entry().crc()) {
                throw ModelFormatException.malformed(
                        "zip entry " + range.entry().name() + ": expected CRC-32 "
                                + Long.toHexString(range.entry().crc()) + ", got " + Long.toHexString(crc.getValue()));
            }
        }
    }

    /** Checks what can be told before the content is read; returns how many bytes the entry inflates to. */
    private long checkDeclared(ZipEntryInfo entry) throws ModelFormatException {
        if (entry.isEncrypted()) {
            throw ModelFormatException.unsupported("zip entry " + entry.name() + ": is encrypted");
        }
        if (entry.method() == ZipEntryInfo.STORED) {
            if (entry.sizeBytes() != entry.compressedBytes()) {
                throw ModelFormatException.malformed("zip entry " + entry.name() + ": stored, but of sizes "
                        + entry.compressedBytes() + " and " + entry.sizeBytes());
            }
            return 0;
        }
        if (entry.method() != ZipEntryInfo.DEFLATED) {
            throw ModelFormatException.unsupported(
                    "zip entry " + entry.name() + ": compression method " + entry.method() + " is not read");
        }
        if (entry.sizeBytes() > FREE_OF_RATIO_BYTES && entry.sizeBytes() / MAX_RATIO > entry.compressedBytes()) {
            throw ModelFormatException.tooLarge(
                    "zip entry " + entry.name() + ": inflates from " + entry.compressedBytes() + " to "
                            + entry.sizeBytes() + " bytes, more than " + MAX_RATIO + " times");
        }
        return Math.min(entry.sizeBytes(), Long.MAX_VALUE >> 1);
    }
}
