package io.weighbridge.hasher.format.tensorflow;

import io.weighbridge.hasher.format.ModelFormatException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** One compressed block: {@code length, a varint | elements}, each either bytes as they are or a place behind to copy from. */
final class Snappy {

    private final ByteBuffer in;
    private final byte[] out;
    private int length;

    private Snappy(ByteBuffer in, int outBytes) {
        this.in = in;
        this.out = new byte[outBytes];
    }

    /**
     * Decompresses all that remains of {@code compressed}.
     *
     * @param maxBytes most bytes that it may give
     */
    static ByteBuffer decompress(ByteBuffer compressed, long maxBytes) throws ModelFormatException {
        long outBytes = Varint.read(compressed, "Snappy block");
        if (outBytes < 0 || outBytes > maxBytes) {
            throw ModelFormatException.tooLarge(
                    "Snappy block: " + Long.toUnsignedString(outBytes) + " bytes, more than is left of maxHeaderBytes");
        }
        var snappy = new Snappy(compressed, (int) outBytes);
        while (compressed.hasRemaining()) {
            snappy.element();
        }
        if (snappy.length != outBytes) {
            throw malformed("expected " + outBytes + " bytes, got " + snappy.length);
        }
        return ByteBuffer.wrap(snappy.out).order(ByteOrder.LITTLE_ENDIAN);
    }

    private void element() throws ModelFormatException {
        int tag = in.get() & 0xff;
        switch (tag & 3) {
            case 0 -> literal(tag >> 2);
            case 1 -> copy((tag >> 5) << 8 | (int) number(1), (tag >> 2 & 7) + 4);
            case 2 -> copy(number(2), (tag >> 2) + 1);
            default -> copy(number(4), (tag >> 2) + 1);
        }
    }

    /** Lengths from 61 on follow in 1 to 4 bytes. */
    private void literal(int code) throws ModelFormatException {
        long count = (code < 60 ? code : number(code - 59)) + 1;
        if (count > in.remaining() || count > out.length - length) {
            throw malformed("expected at most " + Math.min(in.remaining(), out.length - length)
                    + " bytes, got a run of " + count);
        }
        in.get(out, length, (int) count);
        length += (int) count;
    }

    /** The copy may run into what it writes: that is how runs are repeated. */
    private void copy(long distance, int count) throws ModelFormatException {
        if (distance == 0 || distance > length || count > out.length - length) {
            throw malformed("expected a copy from at most " + length + " bytes before, got " + count + " bytes from "
                    + distance + " before");
        }
        for (int end = length + count; length < end; length++) {
            out[length] = out[length - (int) distance];
        }
    }

    private long number(int bytes) throws ModelFormatException {
        if (bytes > in.remaining()) {
            throw malformed("expected " + bytes + " more bytes, got " + in.remaining());
        }
        long value = 0;
        for (int i = 0; i < bytes; i++) {
            value |= (in.get() & 0xffL) << 8 * i;
        }
        return value;
    }

    private static ModelFormatException malformed(String message) {
        return ModelFormatException.malformed("Snappy block: " + message);
    }
}
