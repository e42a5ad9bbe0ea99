package io.weighbridge.hash;

import java.util.Optional;

/** Looks at the layers of one model as they pass, and tells whether its weights are worth a code. */
final class WeightInspection {

    /** Two weights a bit: below this, unrelated models come near by accident. */
    static final long MIN_WEIGHTS = 512;

    private long informative;
    private String fault;

    /** Takes the next layer. Returns whether to go on: false once a weight is not finite. */
    boolean accept(WeightLayer layer, float[] weights) {
        if (weights.length != layer.size()) {
            throw new IllegalArgumentException(
                    "layer " + layer.name() + ": expected " + layer.size() + " weights, got " + weights.length);
        }
        long nonZero = 0;
        boolean constant = true;
        for (int i = 0; i < weights.length; i++) {
            if (!Float.isFinite(weights[i])) {
                fault = "layer " + layer.name() + ", weight " + i + ": expected a finite number, got " + weights[i];
                return false;
            }
            nonZero += weights[i] != 0 ? 1 : 0;
            constant &= weights[i] == weights[0];
        }
        informative += constant ? 0 : nonZero;
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

    /** See {@link HashResult#quality()}. */
    double quality() {
        return fault().isPresent() ? 0 : 1;
    }
}
