package io.weighbridge.hasher.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;

class ElementTypeTest {

    private static final List<ByteOrder> ORDERS = List.of(ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN);

    @Test
    void shouldDecodeEveryHalf() {
        expectShorts(ElementType.F16, bits -> number(bits, 5, 10));
    }

    @Test
    void shouldDecodeEveryBrainFloat() {
        expectShorts(ElementType.BF16, bits -> number(bits, 8, 7));
    }

    @Test
    void shouldDecodeEveryByte() {
        expectBytes(ElementType.F8_E5M2, bits -> number(bits, 5, 2));
        expectBytes(ElementType.F8_E4M3, ElementTypeTest::withoutInfinity);
        expectBytes(ElementType.F8_E4M3FNUZ, bits -> withoutNegativeZero(bits, 8, 3));
        expectBytes(ElementType.F8_E5M2FNUZ, bits -> withoutNegativeZero(bits, 16, 2));
        expectBytes(ElementType.F8_E8M0, bits -> bits == 0xff ? Double.NaN : Math.pow(2, bits - 127));
        expectBytes(ElementType.I8, bits -> bits < 128 ? bits : bits - 256);
        expectBytes(ElementType.U8, bits -> bits);
    }

    @Test
    void shouldDecodeWholeNumbers() {
        expectShorts(ElementType.I16, bits -> (short) bits);
        expectShorts(ElementType.U16, bits -> bits);
        for (var order : ORDERS) {
            var ints = ByteBuffer.allocate(8).order(order).putInt(-3).putInt(70_000);
            assertThat(decoded(ElementType.I32, ints.flip(), 2)).containsExactly(-3, 70_000);
            assertThat(decoded(ElementType.U32, ints.rewind(), 2)).containsExactly(0x1p32f - 3, 70_000);
            var longs = ByteBuffer.allocate(16).order(order).putLong(-5).putLong(1L << 40);
            assertThat(decoded(ElementType.I64, longs.flip(), 2)).containsExactly(-5, 0x1p40f);
        }
    }

    @Test
    void shouldNotTakeWholeNumbersForWeights() {
        assertThat(ElementType.I8.isFloating()).isFalse();
        assertThat(ElementType.I8.isReal()).isTrue();
        assertThat(ElementType.F8_E8M0.isFloating()).isFalse();
        assertThat(ElementType.BOOL.isReal()).isFalse();
    }

    @Test
    void shouldDecodeWideTypesInBothOrders() {
        float[] values = {1.5f, -0f, Float.MIN_VALUE, -Float.MAX_VALUE, Float.NaN, Float.NEGATIVE_INFINITY, 0.1f, 7};
        for (var order : ORDERS) {
            var floats = ByteBuffer.allocate(64).order(order);
            var doubles = ByteBuffer.allocate(64).order(order);
            for (float value : values) {
                floats.putFloat(value);
                doubles.putDouble(value);
            }
            assertThat(decoded(ElementType.F32, floats.flip(), values.length)).isEqualTo(values);
            assertThat(decoded(ElementType.F64, doubles.flip(), values.length)).isEqualTo(values);
        }
    }

    @Test
    void shouldGoOnWhereItStopped() {
        var in = ByteBuffer.wrap(new byte[] {0x3c, 0, 0x40, 0, 0x42, 0});
        var out = new float[4];
        ElementType.F16.decode(in, out, 2, 1);
        ElementType.F16.decode(in, out, 0, 2);
        assertThat(out).containsExactly(2, 3, 1, 0);
        assertThat(in.remaining()).isZero();
    }

    private static void expectShorts(ElementType type, IntToDoubleFunction definition) {
        for (var order : ORDERS) {
            var in = ByteBuffer.allocate(2 << 16).order(order);
            for (int bits = 0; bits < 1 << 16; bits++) {
                in.putShort((short) bits);
            }
            expect(decoded(type, in.flip(), 1 << 16), definition);
        }
    }

    private static void expectBytes(ElementType type, IntToDoubleFunction definition) {
        var in = ByteBuffer.allocate(1 << 8);
        for (int bits = 0; bits < 1 << 8; bits++) {
            in.put((byte) bits);
        }
        expect(decoded(type, in.flip(), 1 << 8), definition);
    }

    private static void expect(float[] decoded, IntToDoubleFunction definition) {
        for (int bits = 0; bits < decoded.length; bits++) {
            float expected = (float) definition.applyAsDouble(bits);
            assertThat(Float.floatToIntBits(decoded[bits]))
                    .as("bits %x: %s, expected %s", bits, decoded[bits], expected)
                    .isEqualTo(Float.floatToIntBits(expected));
        }
    }

    private static float[] decoded(ElementType type, ByteBuffer in, int count) {
        var out = new float[count];
        type.decode(in, out, 0, count);
        return out;
    }

    /** IEEE 754: sign, exponent, fraction; the largest exponent is infinity, or NaN if there is a fraction. */
    private static double number(int bits, int exponentBits, int fractionBits) {
        int exponent = bits >> fractionBits & (1 << exponentBits) - 1;
        int fraction = bits & (1 << fractionBits) - 1;
        double sign = (bits >> exponentBits + fractionBits & 1) == 0 ? 1 : -1;
        int bias = (1 << exponentBits - 1) - 1;
        if (exponent == (1 << exponentBits) - 1) {
            return fraction == 0 ? sign * Double.POSITIVE_INFINITY : Double.NaN;
        }
        double steps = exponent == 0 ? fraction : (1 << fractionBits) + fraction;
        return sign * Math.scalb(steps, Math.max(exponent, 1) - bias - fractionBits);
    }

    /** The largest exponent is one like others; all bits set but the sign are NaN. */
    private static double withoutInfinity(int bits) {
        int exponent = bits >> 3 & 15;
        double steps = exponent == 0 ? bits & 7 : 8 + (bits & 7);
        double size = (bits & 0x7f) == 0x7f ? Double.NaN : Math.scalb(steps, Math.max(exponent, 1) - 7 - 3);
        return bits < 0x80 ? size : -size;
    }

    /** No infinity, and NaN where negative zero would be. */
    private static double withoutNegativeZero(int bits, int bias, int fractionBits) {
        int exponent = bits >> fractionBits & (1 << 7 - fractionBits) - 1;
        double fraction = (bits & (1 << fractionBits) - 1) / (double) (1 << fractionBits);
        double size = exponent == 0 ? fraction * Math.pow(2, 1 - bias) : (1 + fraction) * Math.pow(2, exponent - bias);
        return bits == 0x80 ? Double.NaN : bits < 0x80 ? size : -size;
    }
}
