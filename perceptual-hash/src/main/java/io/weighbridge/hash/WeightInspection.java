package io.weighbridge.hash;

import java.util.Optional;

/** Looks at the layers of one model as they pass, and tells whether its weights are worth a code. */
final class WeightInspection {

    /** Two weights a bit of the longest code, eight a segment of nts@1: below this, unrelated models come near by accident. */
    static final long MIN_WEIGHTS = 2048;

    private long informative;
    private double structured;
    private long weights;
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
        if (!constant) {
            informative += nonZero;
            structured += LayerStructure.of(layer, w) * w.length;
        }
        return true;
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
