package io.weighbridge.hash;

import java.util.Optional;

/** Looks at the layers of one model as they pass, and tells whether its weights are worth a code. */
final class WeightInspection {

    /** Two weights a bit of the longest code, eight a segment of nts@1: below this, unrelated models come near by accident. */
    static final long MIN_WEIGHTS = 2048;

    /** Non-zero weights of a layer below which its signature has too few dimensions: unrelated layers would come near. */
    static final long MIN_LAYER_WEIGHTS = 64;

    private long informative;
    private double structured;
    private double weights;
    private String fault;

    /** Looks at every weight of the next layer. */
    Look at(WeightLayer layer) {
        return new Look(layer);
    }

    /** Whether a weight that is not finite was seen: whatever else the model holds, it gets no code. */
    boolean isOver() {
        return fault != null;
    }

    /** Why there is no code, if so. */
    Optional<String> fault() {
        if (fault == null && informative < MIN_WEIGHTS) {
            return Optional.of("expected at least " + MIN_WEIGHTS
                    + " non-zero weights in layers that are not constant, got " + informative);
        }
        return Optional.ofNullable(fault);
    }

    /** See {@link HashResult#quality()}: the share of the weights that lie in structured layers. */
    double quality() {
        return fault().isPresent() ? 0 : structured / weights;
    }

    /** The look at one layer. */
    final class Look implements LayerPass {

        private final WeightLayer layer;
        private final int length;
        private final LayerStructure structure;
        private long nonZero;
        private boolean isConstant = true;
        private float first;
        private double structureOfLayer;

        private Look(WeightLayer layer) {
            this.layer = layer;
            this.length = layer.inputs() * layer.positions();
            this.structure = new LayerStructure(layer);
        }

        /** Whether the layer, once all of it was seen, holds enough to be known by itself. */
        boolean isInformative() {
            return !isConstant && nonZero >= MIN_LAYER_WEIGHTS;
        }

        /** How structured the layer is, once all of it was seen: 0 (as if freshly drawn, or constant) to 1. */
        double structure() {
            return structureOfLayer;
        }

        @Override
        public void row(int output, float[] w) {
            if (fault != null) {
                return;
            }
            if (!isFinite(w)) {
                fault = "layer " + layer.name() + ", " + firstFault(output, w);
            }
            if (output == 0) {
                first = w[0];
            }
            isConstant = isConstant && isConstant(w);
            if (nonZero < MIN_WEIGHTS) {
                nonZero += nonZero(w);
            }
            structure.add(output, w);
        }

        /** Zero times a number is zero if it is finite, and NaN if not. Four sums, because one would wait for itself. */
        private boolean isFinite(float[] w) {
            float a = 0;
            float b = 0;
            float c = 0;
            float d = 0;
            int i = 0;
            for (; i + 4 <= length; i += 4) {
                a += w[i] * 0;
                b += w[i + 1] * 0;
                c += w[i + 2] * 0;
                d += w[i + 3] * 0;
            }
            for (; i < length; i++) {
                a += w[i] * 0;
            }
            return a + b + c + d == 0;
        }

        private String firstFault(int output, float[] w) {
            int i = 0;
            while (Float.isFinite(w[i])) {
                i++;
            }
            return "weight " + ((long) output * length + i) + ": expected a finite number, got " + w[i];
        }

        private boolean isConstant(float[] w) {
            for (int i = 0; i < length; i++) {
                if (w[i] != first) {
                    return false;
                }
            }
            return true;
        }

        private int nonZero(float[] w) {
            int count = 0;
            for (int i = 0; i < length; i++) {
                count += w[i] != 0 ? 1 : 0;
            }
            return count;
        }

        @Override
        public LayerPass next() {
            weights += layer.size();
            if (!isConstant) {
                informative += nonZero;
                structureOfLayer = structure.value();
                structured += structureOfLayer * layer.size();
            }
            return null;
        }
    }
}
