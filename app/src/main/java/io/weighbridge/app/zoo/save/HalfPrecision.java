package io.weighbridge.app.zoo.save;

/** IEEE 754 binary16: 1 sign, 5 exponent, 10 fraction bits. */
public final class HalfPrecision {

    private static final double SMALLEST_NORMAL = 0x1p-14;
    private static final double SMALLEST_STEP = 0x1p-24;
    private static final double OVERFLOW = 65520;

    private HalfPrecision() {}

    /** The nearest half, ties to the even one; too large becomes infinite. Not for NaN. */
    public static short bits(float value) {
        int sign = Float.floatToRawIntBits(value) >>> 16 & 0x8000;
        double size = Math.abs(value);
        if (size >= OVERFLOW) return (short) (sign | 0x7c00);
        if (size < SMALLEST_NORMAL) return (short) (sign | (int) Math.rint(size / SMALLEST_STEP));
        int exponent = Math.getExponent(size);
        int fraction = (int) Math.rint((size / Math.scalb(1.0, exponent) - 1) * 1024);
        // A fraction that rounds up to 1024 carries into the exponent, as it should.
        return (short) (sign | ((exponent + 15) << 10) + fraction);
    }

    /** The nearest half, as a float. */
    public static float round(float value) {
        int bits = bits(value) & 0x7fff;
        int exponent = bits >>> 10;
        int fraction = bits & 0x3ff;
        double size = exponent == 0 ? fraction * SMALLEST_STEP : Math.scalb(1 + fraction / 1024.0, exponent - 15);
        return Math.copySign(exponent == 31 ? Float.POSITIVE_INFINITY : (float) size, value);
    }
}
