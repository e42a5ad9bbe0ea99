package io.weighbridge.hasher.format.zip;

import io.weighbridge.hasher.format.ByteRange;
import io.weighbridge.hasher.format.ModelBytes;
import io.weighbridge.hasher.format.ModelFormatException;
import java.io.IOException;
import java.nio.ByteBuffer;

/** The content of one entry. */
abstract sealed class EntryRange implements ByteRange permits EntryRange.Stored, InflatedEntry {

    private final ZipEntryInfo entry;
    private final long dataOffset;

    EntryRange(ZipEntryInfo entry, long dataOffset) {
        this.entry = entry;
        this.dataOffset = dataOffset;
    }

    static EntryRange of(ModelBytes file, ZipEntryInfo entry, long dataOffset, InflateBudget budget) {
        return entry.method() == ZipEntryInfo.STORED
                ? new Stored(file, entry, dataOffset)
                : new InflatedEntry(file, entry, dataOffset, budget);
    }

    ZipEntryInfo entry() {
        return entry;
    }

    long dataOffset() {
        return dataOffset;
    }

    long dataEnd() {
        return dataOffset + entry.compressedBytes();
    }

    /** Called before the entry is read the first time of several: inflating takes longer than all else that is done with most content. */
    abstract void prepare() throws IOException;

    /** Checks, after the last byte was read, that the compressed data ends there too. */
    abstract void checkEnd() throws IOException;

    @Override
    public long sizeBytes() {
        return entry.sizeBytes();
    }

    final void checkBounds(ByteBuffer target, long offset, String what) throws ModelFormatException {
        if (offset < 0 || target.remaining() > sizeBytes() - offset) {
            throw ModelFormatException.malformed(what + " at byte " + offset + " of zip entry " + entry.name()
                    + ": expected " + target.remaining() + " bytes, the entry has " + sizeBytes());
        }
    }

    /** An entry that lies in the file as it is. */
    static final class Stored extends EntryRange {

        private final ModelBytes file;

        Stored(ModelBytes file, ZipEntryInfo entry, long dataOffset) {
            super(entry, dataOffset);
            this.file = file;
        }

        @Override
        public void readInto(ByteBuffer target, long offset, String what) throws IOException {
            checkBounds(target, offset, what);
            file.readInto(target, dataOffset() + offset, what);
        }

        @Override
        void prepare() {}

        @Override
        void checkEnd() {}
    }
}
