package io.weighbridge.hasher.format.tensorflow;

import io.weighbridge.hasher.format.ModelFormatException;
import java.nio.ByteBuffer;

/** Whole numbers in groups of 7 bits, the lowest first; the highest bit of a byte says that more follow. */
final class Varint {

    private static final int MAX_BYTES = 10;

    private Varint() {}

    /** Takes the next number of {@code in}. */
    static long read(ByteBuffer in, String subject) throws ModelFormatException {
        long value = 0;
        for (int i = 0; i < MAX_BYTES && in.hasRemaining(); i++) {
            int next = in.get();
            value |= (long) (next & 0x7f) << 7 * i;
            if (next >= 0) {
                return value;
            }
        }
        throw ModelFormatException.malformed(
                subject + ": expected a number of at most " + MAX_BYTES + " bytes, it has no end");
    }

    /** Takes the next number of {@code in}, which must be from 0 to {@code max}. */
    static int read(ByteBuffer in, long max, String subject) throws ModelFormatException {
        long value = read(in, subject);
        if (value < 0 || value > max) {
            throw ModelFormatException.malformed(
                    subject + ": expected at most " + max + ", got " + Long.toUnsignedString(value));
        }
        return (int) value;
    }
}
