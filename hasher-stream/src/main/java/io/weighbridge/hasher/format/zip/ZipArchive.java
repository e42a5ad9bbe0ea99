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
        var budget = new InflateBudget(file, limits.maxInflatedBytes());
        for (var entry : new DirectoryReader(file, limits).entries()) {
            checkMethod(entry);
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

    /**
     * Holds all entries to the limits, reads their content once, and compares sizes and checksums. Call it before any content is trusted:
     * {@link #open} asks only whether this is an archive, which does not depend on what a site allows.
     */
    public void verify() throws IOException {
        checkInflatedSize();
        var chunk = ByteBuffer.allocate(CHUNK_BYTES);
        for (var range : ranges.values()) {
            var crc = new CRC32();
            range.prepare();
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

    /** What the directory declares, before any of it is inflated. */
    private void checkInflatedSize() throws ModelFormatException {
        long left = limits.maxInflatedBytes();
        for (var range : ranges.values()) {
            var entry = range.entry();
            if (entry.method() == ZipEntryInfo.STORED) {
                continue;
            }
            if (entry.sizeBytes() > FREE_OF_RATIO_BYTES
                    && entry.sizeBytes() / limits.maxRatio() > entry.compressedBytes()) {
                throw ModelFormatException.tooLarge("zip entry " + entry.name() + ": inflates from "
                        + entry.compressedBytes() + " to " + entry.sizeBytes() + " bytes, more than maxRatio = "
                        + limits.maxRatio() + " times");
            }
            left -= Math.min(left + 1, entry.sizeBytes());
            if (left < 0) {
                throw ModelFormatException.tooLarge(
                        "zip archive: inflates to more than maxInflatedBytes = " + limits.maxInflatedBytes());
            }
        }
    }

    private static void checkMethod(ZipEntryInfo entry) throws ModelFormatException {
        if (entry.isEncrypted()) {
            throw ModelFormatException.unsupported("zip entry " + entry.name() + ": is encrypted");
        }
        if (entry.method() == ZipEntryInfo.STORED) {
            if (entry.sizeBytes() != entry.compressedBytes()) {
                throw ModelFormatException.malformed("zip entry " + entry.name() + ": stored, but of sizes "
                        + entry.compressedBytes() + " and " + entry.sizeBytes());
            }
            return;
        }
        if (entry.method() != ZipEntryInfo.DEFLATED) {
            throw ModelFormatException.unsupported(
                    "zip entry " + entry.name() + ": compression method " + entry.method() + " is not read");
        }
    }
}
