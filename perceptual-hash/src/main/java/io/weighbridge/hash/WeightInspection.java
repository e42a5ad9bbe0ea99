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
    private long weights;
    private long nonZeroOfLayer;
    private double structureOfLayer;
    private String fault;

    /** Takes the next layer. Returns whether to go on: false once a weight is not finite. */
    boolean accept(WeightLayer layer, float[] w) {
        if (w.length != layer.size()) {
            throw new IllegalArgumentException(
                    "layer " + layer.name() + ": expected " + layer.size() + " weights, got " + w.length);
        }
        long nonZero = 0;
        boolean constant = true;
        for (int i = 0; i < w.length; i++) {
            if (!Float.isFinite(w[i])) {
                fault = "layer " + layer.name() + ", weight " + i + ": expected a finite number, got " + w[i];
                return false;
            }
            nonZero += w[i] != 0 ? 1 : 0;
            constant &= w[i] == w[0];
        }
        weights += w.length;
        nonZeroOfLayer = constant ? 0 : nonZero;
        structureOfLayer = constant ? 0 : LayerStructure.of(layer, w);
        informative += nonZeroOfLayer;
        structured += structureOfLayer * w.length;
        return true;
    }

    /** Whether the layer taken last holds enough to be known by itself. */
    boolean isLayerInformative() {
        return nonZeroOfLayer >= MIN_LAYER_WEIGHTS;
    }

    /** The structure of the layer taken last: 0 (as if freshly drawn, or constant) to 1. */
    double structureOfLayer() {
        return structureOfLayer;
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
}
