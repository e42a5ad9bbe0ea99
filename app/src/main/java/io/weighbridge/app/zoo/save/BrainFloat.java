package io.weighbridge.app.zoo.save;

/** The upper half of an IEEE 754 binary32: 1 sign, 8 exponent, 7 fraction bits. */
public final class BrainFloat {

    private BrainFloat() {}

    /** The nearest of them, ties to the even one; too large becomes infinite. NaN stays NaN. */
    public static short bits(float value) {
        int bits = Float.floatToIntBits(value);
        if (Float.isNaN(value)) return (short) (bits >>> 16);
        int isOdd = bits >>> 16 & 1;
        // What rounds up past the last fraction carries into the exponent, as it should.
        return (short) (bits + 0x7fff + isOdd >>> 16);
    }

    /** The nearest one, as a float. */
    public static float round(float value) {
        return Float.intBitsToFloat(bits(value) << 16);
    }
}
