package io.weighbridge.hash.layer;

import io.weighbridge.hash.FalseMatches;
import io.weighbridge.hash.LayerKind;

/**
 * How often layers of unrelated networks come near by accident: the one place of these constants. Mean and deviation of z (see {@link
 * FalseMatches}) are wider than those measured on the tuning part of the evaluation's library and on networks of another framework, so that the normal tail covers the nearest
 * pairs that were seen (ADR 9; {@code src/test/python/measure_layers.py}).
 */
enum LayerFalseMatches {
    /** First layers: unrelated networks learn the same edges and colours. Measured: 0, 1.1 and 1.4, 2.7, nearest 10.4. */
    PICTURE(1.3, 3.2),
    /** Measured: .2, 1.5 and .5, 2.2, nearest 6.1. */
    DEPTHWISE(.5, 2.3),
    /** Measured: 0, 1 and .15, 1.1, nearest 4.4. */
    KERNELS(.1, 1.3),
    /** Measured: 0, 1.2 and -.1, 1.25, nearest 4.9. */
    POINTWISE(.1, 1.5),
    /** Measured: 0, 1.2 and .1, 1.5, nearest 6.8. */
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
