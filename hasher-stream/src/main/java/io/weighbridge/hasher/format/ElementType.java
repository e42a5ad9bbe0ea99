package io.weighbridge.hasher.format;

import java.nio.ByteBuffer;

/** How one number of a tensor is stored. Floating-point types can be weights; all others are only counted. */
public enum ElementType {
    F64(8, in -> (float) in.getDouble()),
    F32(4, ByteBuffer::getFloat),
    F16(2, in -> half(in.getShort())),
    BF16(2, in -> Float.intBitsToFloat(in.getShort() << 16)),
    F8_E4M3(1, in -> e4m3(in.get())),
    F8_E5M2(1, in -> half((short) (in.get() << 8))),
    COMPLEX128(16),
    COMPLEX64(8),
    I64(8),
    I32(4),
    I16(2),
    I8(1),
    U64(8),
    U32(4),
    U16(2),
    U8(1),
    BOOL(1);

    private final int sizeBytes;
    private final Decoder decoder;

    ElementType(int sizeBytes) {
        this(sizeBytes, null);
    }

    ElementType(int sizeBytes, Decoder decoder) {
        this.sizeBytes = sizeBytes;
        this.decoder = decoder;
    }

    public int sizeBytes() {
        return sizeBytes;
    }

    public boolean isFloating() {
        return decoder != null;
    }

    /** Decodes the next {@code count} numbers of {@code in}, in its byte order, to {@code out[from ...]}. */
    public void decode(ByteBuffer in, float[] out, int from, int count) {
        for (int i = from; i < from + count; i++) {
            out[i] = decoder.next(in);
        }
    }

    @FunctionalInterface
    private interface Decoder {
        float next(ByteBuffer in);
    }

    /** IEEE 754 binary16: 1 sign, 5 exponent, 10 fraction bits. */
    private static float half(short bits) {
        int sign = (bits & 0x8000) << 16;
        int exponent = bits >> 10 & 0x1f;
        int fraction = bits & 0x3ff;
        if (exponent == 0x1f) {
            return Float.intBitsToFloat(sign | 0x7f800000 | fraction << 13);
        }
        if (exponent == 0) {
            float subnormal = fraction * 0x1p-24f;
            return sign == 0 ? subnormal : -subnormal;
        }
        return Float.intBitsToFloat(sign | exponent + 112 << 23 | fraction << 13);
    }

    /** The E4M3FN form: 1 sign, 4 exponent, 3 fraction bits, no infinity, NaN when all others are set. */
    private static float e4m3(byte bits) {
        int exponent = bits >> 3 & 0xf;
        int fraction = bits & 7;
        float magnitude = exponent == 0 ? fraction * 0x1p-9f : Math.scalb(1 + fraction / 8f, exponent - 7);
        if ((bits & 0x7f) == 0x7f) {
            magnitude = Float.NaN;
        }
        return bits < 0 ? -magnitude : magnitude;
    }
}
