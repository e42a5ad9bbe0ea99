package io.weighbridge.hash.layer;

import io.weighbridge.hash.FalseMatches;
import io.weighbridge.hash.LayerKind;

/**
 * How often layers of unrelated networks come near by accident: the one place of these constants. Mean and deviation of z (see {@link
 * FalseMatches}) are wider than those measured, so that the normal tail covers the nearest pairs that were seen (ADR 9; {@code
 * src/test/python/measure_layers.py}).
 */
enum LayerFalseMatches {
    /** First layers: unrelated networks learn the same edges and colours. Measured: 1.3, 2.8, nearest 10.5. */
    PICTURE(1.3, 3.2),
    /** Measured: .3, 1.7, nearest 5.2. */
    DEPTHWISE(.3, 2.1),
    /** Measured: .1, 1.1, nearest 4.8. */
    KERNELS(.1, 1.3),
    /** Measured: 0, 1.35, nearest 5.2. */
    POINTWISE(.1, 1.7),
    /** Measured: .2, 1.5, nearest 6.6. */
    DENSE(.3, 2);

    private final FalseMatches falseMatches;

    LayerFalseMatches(double mean, double deviation) {
        falseMatches = new FalseMatches(LayerCode.BITS, mean, deviation);
    }

    /** The probability that one given pair of unrelated layers is at most this far apart. */
    static double rate(LayerCode a, LayerCode b, int distanceBits) {
        return Math.max(
                of(a).falseMatches.rate(distanceBits), of(b).falseMatches.rate(distanceBits));
    }

    private static LayerFalseMatches of(LayerCode layer) {
        return switch (layer.signature().form()) {
            case SET -> layer.kind() == LayerKind.DEPTHWISE ? DEPTHWISE : PICTURE;
            case KERNELS -> KERNELS;
            case POINTWISE -> POINTWISE;
            case DENSE -> DENSE;
        };
    }
}
