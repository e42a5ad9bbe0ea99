package io.weighbridge.hasher.format.container;

import io.weighbridge.hasher.format.ByteRange;
import io.weighbridge.hasher.format.FileRange;
import io.weighbridge.hasher.format.ModelBytes;
import io.weighbridge.hasher.format.ModelFormatException;
import io.weighbridge.hasher.format.ReadLimits;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Inflates a gzip stream to a scratch file, since readers ask for bytes by position. A stream may have several members one after the other,
 * each with its checksum and size, and zeros behind the last.
 *
 * <p>Layout of a member: {@code 1f 8b | 8 | flags 1 | time 4 | extra 1 | system 1 | by flags: extra field, name, comment, header checksum
 * | deflated data | CRC-32 4 | size 4}.
 */
final class GzipReader {

    private static final int CHUNK_BYTES = 1 << 16;
    private static final int FIXED_BYTES = 10;
    private static final int TRAILER_BYTES = 8;
    private static final int MAGIC = 0x8b1f;
    private static final int DEFLATED = 8;
    private static final int HEADER_CHECKSUM = 1 << 1;
    private static final int EXTRA_FIELD = 1 << 2;
    private static final int NAME = 1 << 3;
    private static final int COMMENT = 1 << 4;
    private static final long FREE_OF_RATIO_BYTES = 4 << 20;

    private final ModelBytes file;
    private final ReadLimits limits;
    private final ByteBuffer inflated = ByteBuffer.allocate(CHUNK_BYTES);
    private long position;
    private long written;

    GzipReader(ModelBytes file, ReadLimits limits) {
        this.file = file;
        this.limits = limits;
    }

    static boolean isGzip(ModelBytes file) throws IOException {
        var start = file.peek(0, 3);
        return start.remaining() == 3 && (start.getShort(0) & 0xffff) == MAGIC && start.get(2) == DEFLATED;
    }

    /** All that the stream inflates to, once every checksum was found right. */
    ByteRange content() throws IOException {
        var scratch = file.scratch(Math.max(file.sizeBytes(), statedBytes()))
                .orElseThrow(() -> ModelFormatException.tooLarge(
                        "gzip stream: the temporary folder has no room for what it inflates to"));
        while (position < file.sizeBytes() && !isPadding()) {
            inflateMember(scratch);
        }
        return new FileRange(scratch, written);
    }

    /** What the last member states, modulo 2^32: a hint, never relied on. */
    private long statedBytes() throws IOException {
        var trailer = file.peek(Math.max(0, file.sizeBytes() - Integer.BYTES), Integer.BYTES);
        return trailer.remaining() < Integer.BYTES ? 0 : Integer.toUnsignedLong(trailer.getInt(0));
    }

    private boolean isPadding() throws IOException {
        if (position == 0 || file.peek(position, 1).get(0) != 0) {
            return false;
        }
        for (; position < file.sizeBytes(); position += CHUNK_BYTES) {
            var chunk = file.peek(position, CHUNK_BYTES);
            while (chunk.hasRemaining()) {
                if (chunk.get() != 0) {
                    throw ModelFormatException.malformed("gzip stream at byte " + (position + chunk.position() - 1)
                            + ": expected zeros behind its end");
                }
            }
        }
        return true;
    }

    private void inflateMember(FileChannel scratch) throws IOException {
        long start = position;
        passHeader();
        var crc = new CRC32();
        long before = written;
        var inflater = new Inflater(true);
        try {
            while (!inflater.finished()) {
                inflateSome(inflater, crc, scratch, start);
            }
        } catch (DataFormatException e) {
            throw ModelFormatException.malformed("gzip stream at byte " + position + ": " + e.getMessage());
        } finally {
            inflater.end();
        }
        var trailer = file.read(position, TRAILER_BYTES, "gzip trailer");
        expect("CRC-32", crc.getValue(), trailer.getInt(0));
        expect("size", written - before, trailer.getInt(4));
        position += TRAILER_BYTES;
    }

    private void inflateSome(Inflater inflater, CRC32 crc, FileChannel scratch, long start)
            throws IOException, DataFormatException {
        if (inflater.needsInput()) {
            var input = file.peek(position, CHUNK_BYTES);
            if (!input.hasRemaining() || inflater.needsDictionary()) {
                throw ModelFormatException.malformed("gzip stream: it begins at byte " + start + " and has no end");
            }
            position += input.remaining();
            inflater.setInput(input);
        }
        inflated.clear();
        inflater.inflate(inflated);
        inflated.flip();
        crc.update(inflated.duplicate());
        checkSize(inflated.remaining());
        write(scratch);
        if (inflater.finished()) {
            position -= inflater.getRemaining();
        } else if (inflater.needsDictionary()) {
            throw ModelFormatException.malformed("gzip stream at byte " + position + ": asks for a dictionary");
        }
    }

    private void checkSize(int more) throws ModelFormatException {
        written += more;
        if (written > FREE_OF_RATIO_BYTES && written / limits.maxRatio() > position) {
            throw ModelFormatException.tooLarge("gzip stream: inflates from " + position + " to " + written
                    + " bytes, more than maxRatio = " + limits.maxRatio() + " times");
        }
        if (written > limits.maxInflatedBytes() || file.countInflated(more) / 4 >= limits.maxInflatedBytes()) {
            throw ModelFormatException.tooLarge(
                    "gzip stream: inflates to more than maxInflatedBytes = " + limits.maxInflatedBytes());
        }
    }

    private void write(FileChannel scratch) throws IOException {
        try {
            while (inflated.hasRemaining()) {
                scratch.write(inflated);
            }
        } catch (java.nio.channels.ClosedByInterruptException e) {
            throw e;
        } catch (IOException e) {
            throw ModelFormatException.tooLarge(
                    "gzip stream: the temporary folder refuses byte " + written + ": " + e.getMessage());
        }
    }

    private void passHeader() throws IOException {
        var fixed = file.read(position, FIXED_BYTES, "gzip header");
        int flags = fixed.get(3) & 0xff;
        if ((fixed.getShort(0) & 0xffff) != MAGIC || fixed.get(2) != DEFLATED || flags >= 1 << 5) {
            throw ModelFormatException.malformed(
                    "gzip header at byte " + position + ": expected 1f8b08 and known flags");
        }
        position += FIXED_BYTES;
        if ((flags & EXTRA_FIELD) != 0) {
            position += 2 + (file.read(position, 2, "gzip extra field").getShort(0) & 0xffff);
        }
        if ((flags & NAME) != 0) {
            passText("name");
        }
        if ((flags & COMMENT) != 0) {
            passText("comment");
        }
        if ((flags & HEADER_CHECKSUM) != 0) {
            position += 2;
        }
    }

    private void passText(String what) throws IOException {
        var text = file.peek(position, CHUNK_BYTES);
        while (text.hasRemaining()) {
            if (text.get() == 0) {
                position += text.position();
                return;
            }
        }
        throw ModelFormatException.malformed("gzip " + what + " at byte " + position + ": expected its end");
    }

    private static void expect(String field, long got, int stated) throws ModelFormatException {
        if ((int) got != stated) {
            throw ModelFormatException.malformed("gzip trailer: expected " + field + " "
                    + Integer.toUnsignedString(stated) + ", got " + Integer.toUnsignedString((int) got));
        }
    }
}
