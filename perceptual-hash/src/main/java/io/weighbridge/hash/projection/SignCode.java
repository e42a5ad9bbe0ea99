package io.weighbridge.hash.projection;

import io.weighbridge.hash.AlgorithmId;
import io.weighbridge.hash.PerceptualCode;

/** The last step of both projections: bit i is set if sum i is above zero. */
final class SignCode {

    private SignCode() {}

    static PerceptualCode of(AlgorithmId id, double[] sums) {
        var words = new long[sums.length / Long.SIZE];
        for (int i = 0; i < sums.length; i++) {
            if (sums[i] > 0) {
                words[i / Long.SIZE] |= Long.MIN_VALUE >>> (i % Long.SIZE);
            }
        }
        return PerceptualCode.of(id, words);
    }
}
