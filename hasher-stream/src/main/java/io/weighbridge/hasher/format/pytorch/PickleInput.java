package io.weighbridge.hasher.format.pytorch;

import io.weighbridge.hasher.format.ModelFormatException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** The bytes of a pickle, taken from the front. */
final class PickleInput {

    /** Longer decimal integers are not numbers of a model; parsing them takes quadratic time. */
    private static final int MAX_DIGITS = 40;

    private final ByteBuffer bytes;
    private int opcodeAt;

    PickleInput(ByteBuffer bytes) {
        this.bytes = bytes.slice().order(ByteOrder.LITTLE_ENDIAN);
    }

    int opcode() throws ModelFormatException {
        opcodeAt = bytes.position();
        return u8();
    }

    /** Where the current opcode is, for messages. */
    String where() {
        return " at byte " + opcodeAt + " of the pickle";
    }

    ModelFormatException malformed(String message) {
        return ModelFormatException.malformed(message + where());
    }

    int u8() throws ModelFormatException {
        need(1);
        return bytes.get() & 0xff;
    }

    int u16() throws ModelFormatException {
        need(2);
        return bytes.getShort() & 0xffff;
    }

    int i32() throws ModelFormatException {
        need(4);
        return bytes.getInt();
    }

    long i64() throws ModelFormatException {
        need(8);
        return bytes.getLong();
    }

    /** Big-endian, unlike all others. */
    double float64() throws ModelFormatException {
        return Double.longBitsToDouble(Long.reverseBytes(i64()));
    }

    String utf8(long length) throws ModelFormatException {
        return StandardCharsets.UTF_8.decode(take(length)).toString();
    }

    void skip(long length) throws ModelFormatException {
        take(length);
    }

    /** Little-endian two's complement of any length: a long if it fits, else only its presence. */
    Object integer(long length) throws ModelFormatException {
        var taken = take(length);
        if (length > Long.BYTES) {
            return Opaque.VALUE;
        }
        long value = 0;
        for (int i = taken.remaining() - 1; i >= 0; i--) {
            value = value << Byte.SIZE | (i == length - 1 ? taken.get(i) : taken.get(i) & 0xff);
        }
        return value;
    }

    /** Up to the next line feed, which is taken too. */
    String line() throws ModelFormatException {
        int start = bytes.position();
        int end = start;
        while (end < bytes.limit() && bytes.get(end) != '\n') {
            end++;
        }
        var text = utf8(end - start);
        u8();
        return text;
    }

    /** The decimal integer of a line, with the suffixes of Python 2. */
    Object decimal() throws ModelFormatException {
        var text = line();
        if (text.equals("00") || text.equals("01")) {
            return text.equals("01");
        }
        var digits = text.endsWith("L") ? text.substring(0, text.length() - 1) : text;
        if (digits.length() > MAX_DIGITS) {
            return Opaque.VALUE;
        }
        try {
            var number = new BigInteger(digits);
            return number.bitLength() < Long.SIZE ? (Object) number.longValue() : Opaque.VALUE;
        } catch (NumberFormatException e) {
            throw malformed("expected an integer, got " + text);
        }
    }

    private ByteBuffer take(long length) throws ModelFormatException {
        if (length < 0 || length > bytes.remaining()) {
            throw malformed("expected " + length + " bytes, the pickle has " + bytes.remaining() + " more,");
        }
        var taken = bytes.slice(bytes.position(), (int) length);
        bytes.position(bytes.position() + (int) length);
        return taken;
    }

    private void need(int length) throws ModelFormatException {
        if (bytes.remaining() < length) {
            throw malformed("the pickle ends in the middle");
        }
    }
}
