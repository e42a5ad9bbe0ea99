package io.weighbridge.hasher.format;

import java.nio.ByteBuffer;

/**
 * How one number of a tensor is stored. Floating-point types can be weights; integers and powers of two are read where something else in
 * the file says what they stand for; all others are only counted.
 */
public enum ElementType {
    F64(8, ElementType::decodeF64),
    F32(4, ElementType::decodeF32),
    F16(2, ElementType::decodeF16),
    BF16(2, ElementType::decodeBf16),
    F8_E4M3(1, (in, out, from, count) -> decodeByte(in, out, from, count, Tables.E4M3)),
    F8_E5M2(1, (in, out, from, count) -> decodeByte(in, out, from, count, Tables.E5M2)),
    /** As F8_E4M3 with twice the exponent's bias, no negative zero, and one NaN in its place. */
    F8_E4M3FNUZ(1, (in, out, from, count) -> decodeByte(in, out, from, count, Tables.E4M3FNUZ)),
    F8_E5M2FNUZ(1, (in, out, from, count) -> decodeByte(in, out, from, count, Tables.E5M2FNUZ)),
    COMPLEX128(16, false, null),
    COMPLEX64(8, false, null),
    /** A power of two: a scale, never a weight. */
    F8_E8M0(1, false, (in, out, from, count) -> decodeByte(in, out, from, count, Tables.E8M0)),
    I64(8, false, ElementType::decodeI64),
    I32(4, false, ElementType::decodeI32),
    I16(2, false, (in, out, from, count) -> decodeI16(in, out, from, count, false)),
    I8(1, false, (in, out, from, count) -> decodeByte(in, out, from, count, Tables.I8)),
    U64(8, false, null),
    U32(4, false, ElementType::decodeU32),
    U16(2, false, (in, out, from, count) -> decodeI16(in, out, from, count, true)),
    U8(1, false, (in, out, from, count) -> decodeByte(in, out, from, count, Tables.U8)),
    BOOL(1, false, null);

    private final int sizeBytes;
    private final boolean isFloating;
    private final Decoder decoder;

    ElementType(int sizeBytes, Decoder decoder) {
        this(sizeBytes, true, decoder);
    }

    ElementType(int sizeBytes, boolean isFloating, Decoder decoder) {
        this.sizeBytes = sizeBytes;
        this.isFloating = isFloating;
        this.decoder = decoder;
    }

    public int sizeBytes() {
        return sizeBytes;
    }

    public boolean isFloating() {
        return isFloating;
    }

    /** Whether {@link #decode} knows this type. */
    public boolean isReal() {
        return decoder != null;
    }

    /** Decodes the next {@code count} numbers of {@code in}, in its byte order, to {@code out[from ...]}. */
    public void decode(ByteBuffer in, float[] out, int from, int count) {
        decoder.decode(in, out, from, count);
        in.position(in.position() + count * sizeBytes);
    }

    /** Decodes many numbers at a time, without moving the position of {@code in}: a call for each number would cost more than the number. */
    @FunctionalInterface
    private interface Decoder {
        void decode(ByteBuffer in, float[] out, int from, int count);
    }

    private static void decodeF64(ByteBuffer in, float[] out, int from, int count) {
        var doubles = in.asDoubleBuffer();
        for (int i = 0; i < count; i++) {
            out[from + i] = (float) doubles.get(i);
        }
    }

    private static void decodeF32(ByteBuffer in, float[] out, int from, int count) {
        in.asFloatBuffer().get(out, from, count);
    }

    private static void decodeF16(ByteBuffer in, float[] out, int from, int count) {
        var shorts = in.asShortBuffer();
        float[] table = Tables.HALF;
        for (int i = 0; i < count; i++) {
            out[from + i] = table[shorts.get(i) & 0xffff];
        }
    }

    private static void decodeBf16(ByteBuffer in, float[] out, int from, int count) {
        var shorts = in.asShortBuffer();
        for (int i = 0; i < count; i++) {
            out[from + i] = Float.intBitsToFloat(shorts.get(i) << 16);
        }
    }

    private static void decodeI64(ByteBuffer in, float[] out, int from, int count) {
        var longs = in.asLongBuffer();
        for (int i = 0; i < count; i++) {
            out[from + i] = longs.get(i);
        }
    }

    private static void decodeI32(ByteBuffer in, float[] out, int from, int count) {
        var ints = in.asIntBuffer();
        for (int i = 0; i < count; i++) {
            out[from + i] = ints.get(i);
        }
    }

    private static void decodeU32(ByteBuffer in, float[] out, int from, int count) {
        var ints = in.asIntBuffer();
        for (int i = 0; i < count; i++) {
            out[from + i] = Integer.toUnsignedLong(ints.get(i));
        }
    }

    private static void decodeI16(ByteBuffer in, float[] out, int from, int count, boolean isUnsigned) {
        var shorts = in.asShortBuffer();
        int mask = isUnsigned ? 0xffff : -1;
        for (int i = 0; i < count; i++) {
            out[from + i] = shorts.get(i) & mask;
        }
    }

    private static void decodeByte(ByteBuffer in, float[] out, int from, int count, float[] table) {
        int start = in.position();
        for (int i = 0; i < count; i++) {
            out[from + i] = table[in.get(start + i) & 0xff];
        }
    }

    /** What all bits stand for: looking them up takes a third of the time of working them out. */
    private static final class Tables {

        private static final float[] HALF = new float[1 << 16];
        private static final float[] E4M3 = new float[1 << 8];
        private static final float[] E5M2 = new float[1 << 8];
        private static final float[] E4M3FNUZ = new float[1 << 8];
        private static final float[] E5M2FNUZ = new float[1 << 8];
        private static final float[] E8M0 = new float[1 << 8];
        private static final float[] I8 = new float[1 << 8];
        private static final float[] U8 = new float[1 << 8];

        static {
            for (int bits = 0; bits < HALF.length; bits++) {
                HALF[bits] = half((short) bits);
            }
            for (int bits = 0; bits < E4M3.length; bits++) {
                E4M3[bits] = e4m3((byte) bits);
                E5M2[bits] = half((short) (bits << 8));
                E4M3FNUZ[bits] = withoutNegativeZero(bits, 3);
                E5M2FNUZ[bits] = withoutNegativeZero(bits, 2);
                E8M0[bits] = bits == 0xff ? Float.NaN : Math.scalb(1f, bits - 127);
                I8[bits] = (byte) bits;
                U8[bits] = bits;
            }
        }
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

    /** The FNUZ forms: 1 sign, exponent, fraction, no infinity; the bits of negative zero are NaN. */
    private static float withoutNegativeZero(int bits, int fractionBits) {
        if (bits == 0x80) {
            return Float.NaN;
        }
        int exponent = (bits & 0x7f) >> fractionBits;
        int steps = (bits & (1 << fractionBits) - 1) + (exponent == 0 ? 0 : 1 << fractionBits);
        int bias = 1 << 6 - fractionBits;
        float magnitude = Math.scalb((float) steps, Math.max(exponent, 1) - bias - fractionBits);
        return bits < 0x80 ? magnitude : -magnitude;
    }
}
