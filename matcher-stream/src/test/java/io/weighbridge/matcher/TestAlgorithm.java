package io.weighbridge.matcher;

import io.weighbridge.hash.AlgorithmId;
import io.weighbridge.hash.HashAlgorithm;
import io.weighbridge.hash.WeightLayer;
import java.util.List;

/** An algorithm whose codes the test makes up. */
record TestAlgorithm(AlgorithmId id, int bits, int thresholdBits) implements HashAlgorithm {

    static TestAlgorithm of(String id, int bits, int thresholdBits) {
        return new TestAlgorithm(AlgorithmId.parse(id), bits, thresholdBits);
    }

    @Override
    public double falseMatchRate(int distanceBits) {
        return Math.scalb(1.0, distanceBits - bits);
    }

    @Override
    public Accumulator start(List<? extends WeightLayer> layers) {
        throw new UnsupportedOperationException("codes are made up");
    }
}
