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
        private final LayerStructure structure;
        private long nonZero;
        private boolean isConstant = true;
        private float first;
        private double structureOfLayer;

        private Look(WeightLayer layer) {
            this.layer = layer;
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
        public void rows(RowBlock rows) {
            if (fault != null) {
                return;
            }
            if (rows.from() == 0) {
                first = rows.weights(0)[0][0];
            }
            for (int r = 0; r < rows.count() && fault == null; r++) {
                if (!Float.isFinite(rows.energy(r))) {
                    fault = "layer " + layer.name() + ", " + firstFault(rows, r);
                }
                for (int t = 0; t < rows.tiling().tiles(); t++) {
                    look(rows.weights(t)[r]);
                }
            }
            structure.add(rows);
        }

        private void look(float[] w) {
            isConstant = isConstant && isConstant(w);
            if (nonZero < MIN_WEIGHTS) {
                nonZero += nonZero(w);
            }
        }

        private String firstFault(RowBlock rows, int row) {
            long index = (long) (rows.from() + row) * rows.tiling().length();
            for (int t = 0; t < rows.tiling().tiles(); t++) {
                for (float w : rows.weights(t)[row]) {
                    if (!Float.isFinite(w)) {
                        return "weight " + index + ": expected a finite number, got " + w;
                    }
                    index++;
                }
            }
            throw new AssertionError("no weight is at fault");
        }

        private boolean isConstant(float[] w) {
            for (float v : w) {
                if (v != first) {
                    return false;
                }
            }
            return true;
        }

        private int nonZero(float[] w) {
            int count = 0;
            for (float v : w) {
                count += v != 0 ? 1 : 0;
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
