package io.weighbridge.hash;

import java.util.List;

/**
 * {@code iwp@1}: the signs of a sparse random projection of the weights in their order, large weights counting most, because pruning and
 * retraining keep them.
 */
final class ImportanceWeightedProjection implements HashAlgorithm {

    static final AlgorithmId ID = new AlgorithmId("iwp", 1);

    private static final int BITS = 256;
    private static final FalseMatches FALSE_MATCHES = new FalseMatches(BITS, 200, .5);
    private static final double DEFAULT_RATE = 1e-11;

    @Override
    public AlgorithmId id() {
        return ID;
    }

    @Override
    public int bits() {
        return BITS;
    }

    @Override
    public int thresholdBits() {
        return FALSE_MATCHES.radius(DEFAULT_RATE);
    }

    @Override
    public double falseMatchRate(int distanceBits) {
        return FALSE_MATCHES.rate(distanceBits);
    }

    @Override
    public Accumulator start(List<? extends WeightLayer> layers) {
        var sum = new CodeSum(BITS);
        return new Accumulator() {
            @Override
            public void accept(WeightLayer layer, float[] weights) {
                sum.add(ReferenceKernels.weightedProjection(
                        weights, layer.outputs(), layer.inputs(), layer.positions(), BITS));
            }

            @Override
            public PerceptualCode code() {
                return sum.code(ID);
            }
        };
    }
}
