package io.weighbridge.hash.nts;

import io.weighbridge.hash.AlgorithmId;
import io.weighbridge.hash.FalseMatches;
import io.weighbridge.hash.HashAlgorithm;
import io.weighbridge.hash.LayerPass;
import io.weighbridge.hash.PerceptualCode;
import io.weighbridge.hash.RowBlock;
import io.weighbridge.hash.WeightLayer;
import java.util.List;

/**
 * {@code nts@1}: the paper's hash, a faithful baseline. The important weights of all layers, in the order of the layers' names, are cut
 * into segments; each segment gives the statistic of a normality test, and each statistic its bits.
 */
public final class NormalTestStatistics implements HashAlgorithm {

    private static final AlgorithmId ID = new AlgorithmId("nts", 1);

    private final NtsVariant variant;
    private final FalseMatches falseMatches;

    private NormalTestStatistics(NtsVariant variant) {
        this.variant = variant;
        // Unrelated networks of one architecture share where their layers lie, hence the wide spread (ADR 3): only
        // codes that are
        // nearly the same can match, and even they are not beyond all doubt.
        this.falseMatches = new FalseMatches(variant.bits(), 1.5, 2.8);
    }

    /** The default variant: the one that is {@code nts@1} in messages and stores. */
    public static NormalTestStatistics standard() {
        return new NormalTestStatistics(NtsVariant.DEFAULT);
    }

    /** Any variant, for measurements: codes of different variants are not comparable, though they carry the same id. */
    public static NormalTestStatistics of(NtsVariant variant) {
        return new NormalTestStatistics(variant);
    }

    public NtsVariant variant() {
        return variant;
    }

    @Override
    public AlgorithmId id() {
        return ID;
    }

    @Override
    public int bits() {
        return variant.bits();
    }

    @Override
    public double falseMatchRate(int distanceBits) {
        return falseMatches.rate(distanceBits);
    }

    @Override
    public Accumulator start(List<? extends WeightLayer> layers) {
        long total = 0;
        for (var layer : layers) {
            total += variant.importance().selected(layer, variant.fraction());
        }
        var segments = new Segments(variant.test(), variant.segments(), total);
        return new Accumulator() {
            @Override
            public LayerPass begin(WeightLayer layer) {
                return variant.fraction() == 1 ? new All(segments) : new Selected(layer, segments);
            }

            @Override
            public PerceptualCode code() {
                return PerceptualCode.of(ID, variant.encoding().encode(segments.statistics()));
            }
        };
    }

    /** Takes all weights. */
    private record All(Segments segments) implements LayerPass {

        @Override
        public void rows(RowBlock rows) {
            for (int r = 0; r < rows.count(); r++) {
                for (int t = 0; t < rows.tiling().tiles(); t++) {
                    segments.accept(rows.weights(t)[r], rows.tiling().length(t));
                }
            }
        }

        @Override
        public LayerPass next() {
            return null;
        }
    }

    /** Takes the important weights; holds the layer, for importance is known when all of it was seen. */
    private final class Selected implements LayerPass {

        private final WeightLayer layer;
        private final Segments segments;
        private final float[] weights;
        private int seen;

        Selected(WeightLayer layer, Segments segments) {
            this.layer = layer;
            this.segments = segments;
            this.weights = new float[Math.toIntExact(layer.size())];
        }

        @Override
        public void rows(RowBlock rows) {
            for (int r = 0; r < rows.count(); r++) {
                for (int t = 0; t < rows.tiling().tiles(); t++) {
                    int length = rows.tiling().length(t);
                    System.arraycopy(rows.weights(t)[r], 0, weights, seen, length);
                    seen += length;
                }
            }
        }

        @Override
        public LayerPass next() {
            boolean[] selected = variant.importance().select(layer, weights, variant.fraction());
            int count = 0;
            for (int i = 0; i < weights.length; i++) {
                if (selected[i]) {
                    weights[count++] = weights[i];
                }
            }
            segments.accept(weights, count);
            return null;
        }
    }
}
