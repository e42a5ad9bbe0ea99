package io.weighbridge.app.zoo;

/** bfloat16: the upper half of a float. */
public final class BrainFloat {

    private BrainFloat() {}

    /** The nearest one, ties to the even one. Not for NaN. */
    public static short bits(float value) {
        int bits = Float.floatToRawIntBits(value);
        // An upper half that rounds up carries into the exponent, as it should.
        return (short) (bits + 0x7fff + (bits >>> 16 & 1) >>> 16);
    }

    /** The nearest one, as a float. */
    public static float round(float value) {
        return Float.intBitsToFloat(bits(value) << 16);
    }
}
