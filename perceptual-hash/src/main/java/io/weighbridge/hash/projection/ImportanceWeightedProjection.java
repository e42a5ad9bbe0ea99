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
    private static final double MEAN = 0;

    private static final double DEVIATION = 1.05;

    private final SiteKey key;
    private final AlgorithmId id;
    private final Kernels kernels;
    private final float[] signs;
    private final int bits;
    private final FalseMatches falseMatches;

    /** @param key decides the basis */
    public ImportanceWeightedProjection(SiteKey key) {
        this(key, Kernels.standard(), BITS);
    }

    ImportanceWeightedProjection(SiteKey key, Kernels kernels, int bits) {
        this.key = key;
        this.id = key.idOf("iwp", 2);
        this.kernels = kernels;
        this.signs = SparseProjection.signs(key, bits);
        this.bits = bits;
        this.falseMatches = new FalseMatches(bits, MEAN, DEVIATION);
    }

    /**
     * The same with codes of another length: for measurements. They are comparable with their own kind only, though they carry the same id.
     *
     * @param bits a power of two from 64 to 65,536
     */
    public static ImportanceWeightedProjection variant(int bits) {
        return new ImportanceWeightedProjection(SiteKey.NONE, Kernels.standard(), bits);
    }

    @Override
    public AlgorithmId id() {
        return id;
    }

    @Override
    public int bits() {
        return bits;
    }

    @Override
    public double falseMatchRate(int distanceBits) {
        return falseMatches.rate(distanceBits);
    }

    @Override
    public Accumulator start(List<? extends WeightLayer> layers) {
        var sum = new LayerSum(bits);
        return new Accumulator() {
            @Override
            public LayerPass begin(WeightLayer layer) {
                return new SparseProjection(kernels, layer, key, signs, projection -> add(sum, layer, projection));
            }

            @Override
            public PerceptualCode code() {
                var sums = new double[bits];
                for (int i = 0; i < bits; i++) {
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
