package io.weighbridge.hasher.format.zip;

import io.weighbridge.hasher.format.ModelBytes;
import io.weighbridge.hasher.format.ModelFormatException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** The header in front of an entry's data, held against the directory. */
final class LocalHeader {

    private static final int SIGNATURE = 0x04034b50;
    private static final int FIXED_BYTES = 30;

    private final ZipEntryInfo entry;
    private final ByteBuffer fixed;
    private final String name;
    private final ByteBuffer extra;

    LocalHeader(ModelBytes file, ZipEntryInfo entry) throws IOException {
        this.entry = entry;
        var what = "local header of zip entry " + entry.name();
        fixed = file.read(entry.headerOffset(), FIXED_BYTES, what);
        expect("signature", SIGNATURE, fixed.getInt(0));
        int nameBytes = fixed.getShort(26) & 0xffff;
        int extraBytes = fixed.getShort(28) & 0xffff;
        var rest = file.read(entry.headerOffset() + FIXED_BYTES, nameBytes + extraBytes, what);
        name = StandardCharsets.UTF_8.decode(rest.slice(0, nameBytes)).toString();
        extra = rest.slice(nameBytes, extraBytes).order(rest.order());
    }

    /** Where the data begins, once everything stated twice was found equal. */
    long dataOffset() throws ModelFormatException {
        if (!name.equals(entry.name())) {
            throw ModelFormatException.malformed(
                    "local header of zip entry " + entry.name() + ": expected the same name, got " + name);
        }
        expect("flags", entry.flags(), fixed.getShort(6) & 0xffff);
        expect("method", entry.method(), fixed.getShort(8) & 0xffff);
        long dataOffset = entry.headerOffset() + FIXED_BYTES + (fixed.getShort(26) & 0xffff) + extra.capacity();
        var wide = new Zip64Extra(name, extra);
        long crc = u32(14);
        long size = wide.widen(u32(22));
        long compressed = wide.widen(u32(18));
        boolean isLeftOut = entry.sizesFollow() && crc == 0 && size == 0 && compressed == 0;
        if (!isLeftOut) {
            expect("CRC-32", entry.crc(), crc);
            expect("size", entry.sizeBytes(), size);
            expect("compressed size", entry.compressedBytes(), compressed);
        }
        return dataOffset;
    }

    private long u32(int at) {
        return Integer.toUnsignedLong(fixed.getInt(at));
    }

    private void expect(String field, long expected, long got) throws ModelFormatException {
        if (expected != got) {
            throw ModelFormatException.malformed("local header of zip entry " + entry.name() + " at byte "
                    + entry.headerOffset() + ": expected " + field + " " + expected + ", got " + got);
        }
    }
}
