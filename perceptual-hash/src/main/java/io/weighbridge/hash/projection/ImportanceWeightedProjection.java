package io.weighbridge.hash.projection;

import io.weighbridge.hash.AlgorithmId;
import io.weighbridge.hash.FalseMatches;
import io.weighbridge.hash.HashAlgorithm;
import io.weighbridge.hash.LayerPass;
import io.weighbridge.hash.PerceptualCode;
import io.weighbridge.hash.SiteKey;
import io.weighbridge.hash.WeightLayer;
import java.util.List;

/**
 * {@code iwp@2}: the signs of a sparse random projection of the weights in their order, large weights counting most, because pruning and
 * retraining keep them. Layers of one shape share a basis, so neither their names nor their order in the file matter.
 */
public final class ImportanceWeightedProjection implements HashAlgorithm {

    private static final int BITS = 1024;

    /** Unrelated networks: 1024 independent bits, as measured (ADR 3). */
    private static final FalseMatches FALSE_MATCHES = new FalseMatches(BITS, 0, 1.05);

    private static final double DEFAULT_RATE = 1e-12;

    private final SiteKey key;
    private final AlgorithmId id;
    private final Kernels kernels;
    private final float[] signs;

    /** @param key decides the basis */
    public ImportanceWeightedProjection(SiteKey key) {
        this(key, Kernels.standard());
    }

    ImportanceWeightedProjection(SiteKey key, Kernels kernels) {
        this.key = key;
        this.id = key.idOf("iwp", 2);
        this.kernels = kernels;
        this.signs = SparseProjection.signs(key, BITS);
    }

    @Override
    public AlgorithmId id() {
        return id;
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
        var sum = new LayerSum(BITS);
        return new Accumulator() {
            @Override
            public LayerPass begin(WeightLayer layer) {
                return new SparseProjection(kernels, layer, key, signs, projection -> add(sum, layer, projection));
            }

            @Override
            public PerceptualCode code() {
                var sums = new double[BITS];
                for (int i = 0; i < BITS; i++) {
                    sums[i] = sum.get(i);
                }
                return SignCode.of(id, sums);
            }
        };
    }

    /** A layer counts as the fourth root of its size: large ones more, but none rules the code. */
    private static void add(LayerSum sum, WeightLayer layer, double[] projection) {
        sum.add(Vectors.normalise(projection), Math.sqrt(Math.sqrt(layer.size())));
    }
}
