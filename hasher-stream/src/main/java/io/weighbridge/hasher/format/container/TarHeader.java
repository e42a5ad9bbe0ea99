package io.weighbridge.hasher.format.container;

import io.weighbridge.hasher.format.ModelBytes;
import io.weighbridge.hasher.format.ModelFormatException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * One block of 512 bytes in front of a file in a tar archive.
 *
 * <p>Layout: {@code name 100 | mode 8 | owner 8 | group 8 | size 12 | time 12 | checksum 8 | type 1 | link 100 | magic 6 | version 2 |
 * names of owner and group 64 | device 16 | prefix of the name 155}. Numbers are octal digits, or big-endian behind a byte 0x80.
 */
final class TarHeader {

    static final int BLOCK_BYTES = 512;

    private static final int SIZE_AT = 124;
    private static final int CHECKSUM_AT = 148;
    private static final int CHECKSUM_BYTES = 8;
    private static final int TYPE_AT = 156;
    private static final int MAGIC_AT = 257;
    private static final int PREFIX_AT = 345;

    private final ByteBuffer block;
    private final long at;

    /** @param at where the block lies, for messages */
    TarHeader(ByteBuffer block, long at) {
        this.block = block;
        this.at = at;
    }

    /** Whether the file begins with a header whose checksum is right. Old archives have no magic number, so it is not asked for. */
    static boolean isTar(ModelBytes file) throws IOException {
        var start = file.peek(0, BLOCK_BYTES);
        return start.remaining() == BLOCK_BYTES && start.get(0) != 0 && new TarHeader(start, 0).hasChecksum();
    }

    boolean isEmpty() {
        for (int i = 0; i < BLOCK_BYTES; i++) {
            if (block.get(i) != 0) {
                return false;
            }
        }
        return true;
    }

    /** The sum of all bytes, with spaces in the place of the checksum; old writers added signed bytes. */
    boolean hasChecksum() {
        long unsigned = 0;
        long signed = 0;
        for (int i = 0; i < BLOCK_BYTES; i++) {
            boolean isSum = i >= CHECKSUM_AT && i < CHECKSUM_AT + CHECKSUM_BYTES;
            unsigned += isSum ? ' ' : block.get(i) & 0xff;
            signed += isSum ? ' ' : block.get(i);
        }
        long stated = octal(CHECKSUM_AT, CHECKSUM_BYTES);
        return stated == unsigned || stated == signed;
    }

    char type() {
        return (char) (block.get(TYPE_AT) & 0xff);
    }

    long sizeBytes() throws ModelFormatException {
        long size = (block.get(SIZE_AT) & 0x80) == 0 ? octal(SIZE_AT, 12) : binary();
        if (size < 0) {
            throw ModelFormatException.malformed(
                    "tar header at byte " + at + ": expected a size, got " + text(SIZE_AT, 12));
        }
        return size;
    }

    String name() {
        var name = text(0, 100);
        boolean hasPrefix = text(MAGIC_AT, 6).equals("ustar") && block.get(PREFIX_AT) != 0;
        return hasPrefix ? text(PREFIX_AT, 155) + "/" + name : name;
    }

    /** Up to the first zero byte. */
    private String text(int from, int length) {
        int end = from;
        while (end < from + length && block.get(end) != 0) {
            end++;
        }
        return StandardCharsets.UTF_8.decode(block.slice(from, end - from)).toString();
    }

    /** Eleven bytes behind the first hold a size that does not fit octal digits; -1 if it is none. */
    private long binary() {
        if (block.get(SIZE_AT) != (byte) 0x80 || block.get(SIZE_AT + 1) != 0 || block.getShort(SIZE_AT + 2) != 0) {
            return -1;
        }
        long size = 0;
        for (int i = 4; i < 12; i++) {
            size = size << 8 | block.get(SIZE_AT + i) & 0xff;
        }
        return size;
    }

    /** Digits between spaces or zero bytes; -1 if there is anything else. */
    private long octal(int from, int length) {
        var digits = text(from, length).strip();
        if (digits.isEmpty()) {
            return from == SIZE_AT ? 0 : -1;
        }
        long value = 0;
        for (int i = 0; i < digits.length(); i++) {
            int digit = digits.charAt(i) - '0';
            if (digit < 0 || digit > 7) {
                return -1;
            }
            value = value << 3 | digit;
        }
        return value;
    }
}
