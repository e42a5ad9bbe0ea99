package io.weighbridge.hasher.format.container;

import io.weighbridge.hasher.format.ByteRange;
import io.weighbridge.hasher.format.ModelBytes;
import io.weighbridge.hasher.format.ModelFormatException;
import io.weighbridge.hasher.format.ReadLimits;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Reads the headers of a tar archive: ustar, its forerunner, GNU's long names and the extended headers of POSIX (pax). Links, folders and
 * devices have no content. Sparse files are refused, and so is anything but zeros behind the end: what readers pass over there differs.
 */
final class TarReader {

    private static final int CHUNK_BYTES = 1 << 16;

    private final ModelBytes file;
    private final ReadLimits limits;
    private final List<Entry> entries = new ArrayList<>();
    private final Set<String> names = new HashSet<>();
    private long position;
    private long headers;
    private String longName;
    private PaxRecords pax = PaxRecords.NONE;
    private PaxRecords forAll = PaxRecords.NONE;

    TarReader(ModelBytes file, ReadLimits limits) {
        this.file = file;
        this.limits = limits;
    }

    List<Entry> entries() throws IOException {
        while (true) {
            long at = position;
            var header = new TarHeader(file.read(at, TarHeader.BLOCK_BYTES, "tar header"), at);
            position += TarHeader.BLOCK_BYTES;
            if (header.isEmpty()) {
                checkEnd();
                return entries;
            }
            if (!header.hasChecksum()) {
                throw ModelFormatException.malformed("tar header at byte " + at + ": its checksum is wrong");
            }
            if (++headers > 4L * limits.maxEntries()) {
                throw ModelFormatException.tooLarge(
                        "tar archive: too many headers for maxEntries = " + limits.maxEntries());
            }
            accept(header, at);
        }
    }

    private void accept(TarHeader header, long at) throws IOException {
        switch (header.type()) {
            case '0', 0, '7' -> addFile(header, at);
            case 'L' -> longName = text(header, at);
            case 'K' -> text(header, at);
            case 'x', 'X' -> pax = PaxRecords.parse(text(header, at), at);
            case 'g' -> forAll = PaxRecords.parse(text(header, at), at);
            case '1', '2', '3', '4', '5', '6', 'D' -> addNothing(header, at);
            case 'S' -> throw ModelFormatException.unsupported("tar entry " + name(header) + ": is a sparse file");
            default ->
                throw ModelFormatException.unsupported(
                        "tar entry " + name(header) + ": type " + (int) header.type() + " is not read");
        }
    }

    private void addFile(TarHeader header, long at) throws IOException {
        var name = name(header);
        if (pax.isSparse() || forAll.isSparse()) {
            throw ModelFormatException.unsupported("tar entry " + name + ": is a sparse file");
        }
        if (!names.add(name)) {
            throw ModelFormatException.malformed("tar entry " + name + " at byte " + at + ": the name occurs twice");
        }
        if (entries.size() == limits.maxEntries()) {
            throw ModelFormatException.tooLarge("tar archive: more than maxEntries = " + limits.maxEntries());
        }
        long size = pax.size() >= 0 ? pax.size() : header.sizeBytes();
        long start = position;
        pass(size, "tar entry " + name, at);
        entries.add(new Entry(name, new Part(file, start, size)));
        forget();
    }

    /** A hard link may state the size of what it leads to, without content: so does POSIX; others state 0. */
    private void addNothing(TarHeader header, long at) throws IOException {
        if (header.type() != '1' && header.type() != '2' && header.sizeBytes() != 0 && header.type() != '5') {
            throw ModelFormatException.malformed("tar entry " + name(header) + " at byte " + at
                    + ": expected no content, got " + header.sizeBytes() + " bytes");
        }
        forget();
    }

    private String name(TarHeader header) {
        var name = pax.path() != null ? pax.path() : longName != null ? longName : header.name();
        return name.startsWith("./") ? name.substring(2) : name;
    }

    private void forget() {
        longName = null;
        pax = PaxRecords.NONE;
    }

    /** The content of a header that says more of the next one. */
    private String text(TarHeader header, long at) throws IOException {
        long size = header.sizeBytes();
        if (size > limits.maxHeaderBytes()) {
            throw ModelFormatException.tooLarge("tar header at byte " + at + ": " + size
                    + " bytes, more than maxHeaderBytes = " + limits.maxHeaderBytes());
        }
        var content = file.read(position, (int) size, "tar header at byte " + at);
        pass(size, "tar header", at);
        var text = StandardCharsets.UTF_8.decode(content).toString();
        return text.endsWith("\0") ? text.substring(0, text.length() - 1) : text;
    }

    /** Content takes whole blocks. */
    private void pass(long size, String what, long at) throws ModelFormatException {
        long left = file.sizeBytes() - position;
        long padded = size > left ? Long.MAX_VALUE : size + (-size & TarHeader.BLOCK_BYTES - 1);
        if (padded > left) {
            throw ModelFormatException.malformed(
                    what + " at byte " + at + ": expected " + size + " bytes in whole blocks, the file has " + left);
        }
        position += padded;
    }

    private void checkEnd() throws IOException {
        var zeros = ByteBuffer.allocate(CHUNK_BYTES);
        for (long offset = position; offset < file.sizeBytes(); offset += CHUNK_BYTES) {
            var chunk = file.peek(offset, CHUNK_BYTES);
            int differs = chunk.mismatch(zeros.clear().limit(chunk.remaining()));
            if (differs >= 0) {
                throw ModelFormatException.malformed(
                        "tar archive: expected zeros behind its end, got content at byte " + (offset + differs));
            }
        }
    }

    /** Content that lies in the archive as it is. */
    private record Part(ModelBytes file, long start, long sizeBytes) implements ByteRange {

        @Override
        public void readInto(ByteBuffer target, long offset, String what) throws IOException {
            if (offset < 0 || target.remaining() > sizeBytes - offset) {
                throw ModelFormatException.malformed(what + " at byte " + offset + ": expected " + target.remaining()
                        + " bytes, the tar entry has " + sizeBytes);
            }
            file.readInto(target, start + offset, what);
        }
    }
}
