package io.weighbridge.app.evaluate.codes;

import io.weighbridge.hash.AlgorithmId;
import io.weighbridge.hash.HashAlgorithm;
import io.weighbridge.hash.LayerKind;
import io.weighbridge.hash.LayerPass;
import io.weighbridge.hash.PerceptualCode;
import io.weighbridge.hash.RowBlock;
import io.weighbridge.hash.WeightLayer;
import java.util.ArrayList;
import java.util.List;

/**
 * An algorithm that keeps a model's weights, and hashes them when all have been read; of all such algorithms one at a time, over all threads. The codes are
 * those of the algorithm itself. For Shapiro-Wilk's W, whose coefficients cost far more than the rest of it, and are remembered for the latest lengths of
 * segments only: variants that take turns at every row, and files in other threads, would make each other forget them.
 */
record OneByOne(HashAlgorithm algorithm) implements HashAlgorithm {

    @Override
    public AlgorithmId id() {
        return algorithm.id();
    }

    @Override
    public int bits() {
        return algorithm.bits();
    }

    @Override
    public double falseMatchRate(int distanceBits) {
        return algorithm.falseMatchRate(distanceBits);
    }

    @Override
    public Accumulator start(List<? extends WeightLayer> layers) {
        var kept = new ArrayList<Kept>();
        return new Accumulator() {
            @Override
            public LayerPass begin(WeightLayer layer) {
                var copy = new Kept(layer);
                kept.add(copy);
                return new Copying(copy);
            }

            @Override
            public PerceptualCode code() {
                synchronized (OneByOne.class) {
                    return algorithm.hash(kept);
                }
            }
        };
    }

    /** Copies the rows that it is shown. */
    private record Copying(Kept layer) implements LayerPass {

        @Override
        public void rows(RowBlock rows) {
            for (int r = 0; r < rows.count(); r++) {
                int to = layer.at(rows.from() + r);
                for (int t = 0; t < rows.tiling().tiles(); t++) {
                    int length = rows.tiling().length(t);
                    System.arraycopy(rows.weights(t)[r], 0, layer.values, to, length);
                    to += length;
                }
            }
        }

        @Override
        public LayerPass next() {
            return null;
        }
    }

    /** A layer in memory; of the one that it was made of only the name and the shape are asked. */
    private static final class Kept implements WeightLayer {

        private final WeightLayer shape;
        private final float[] values;

        Kept(WeightLayer shape) {
            this.shape = shape;
            this.values = new float[Math.toIntExact(shape.size())];
        }

        @Override
        public String name() {
            return shape.name();
        }

        @Override
        public LayerKind kind() {
            return shape.kind();
        }

        @Override
        public int outputs() {
            return shape.outputs();
        }

        @Override
        public int inputs() {
            return shape.inputs();
        }

        @Override
        public int positions() {
            return shape.positions();
        }

        @Override
        public void read(int fromOutput, int count, float[] target) {
            System.arraycopy(values, at(fromOutput), target, 0, at(count));
        }

        int at(int output) {
            return output * inputs() * positions();
        }
    }
}
