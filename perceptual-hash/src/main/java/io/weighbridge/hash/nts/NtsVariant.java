package io.weighbridge.hash.nts;

import java.util.Objects;

/**
 * What the paper's abstract leaves open.
 *
 * @param importance the rule that selects weights
 * @param fraction share of weights or filters selected in each layer, above 0, at most 1 (all: the rule does not matter)
 * @param test the statistic of a segment
 * @param segments contiguous segments of equal count that the selected weights are cut into
 * @param encoding statistics to bits; the code has {@code segments × bits a segment} bits, a multiple of 64
 */
public record NtsVariant(Importance importance, double fraction, NormalityTest test, int segments, Encoding encoding) {

    /** Kurtosis of all weights, one bit a segment: the plain reading, with the statistic that finds most (docs/evaluation.md). */
    public static final NtsVariant DEFAULT =
            new NtsVariant(Importance.WEIGHT_MAGNITUDE, 1, NormalityTest.KURTOSIS, 256, Encoding.MEDIAN);

    public NtsVariant {
        Objects.requireNonNull(importance, "importance");
        Objects.requireNonNull(test, "test");
        Objects.requireNonNull(encoding, "encoding");
        if (!(fraction > 0 && fraction <= 1)) {
            throw new IllegalArgumentException("fraction: expected above 0 and at most 1, got " + fraction);
        }
        if (segments <= 0 || segments > 1 << 16 || segments * encoding.bitsPerSegment() % Long.SIZE != 0) {
            throw new IllegalArgumentException("segments: expected 1 to 65536, giving a multiple of 64 bits, got "
                    + segments + " of " + encoding.bitsPerSegment() + " bits");
        }
    }

    /** Code length. */
    public int bits() {
        return segments * encoding.bitsPerSegment();
    }
}
