package io.weighbridge.hash;

import io.weighbridge.hash.layer.LayerCode;
import java.util.List;

/** What hashing a model came to. */
public sealed interface HashResult {

    /** How much trained structure the weights hold, 0 (none: zero, constant, untrained) to 1. */
    double quality();

    /**
     * Weights with codes.
     *
     * @param codes one from each algorithm
     * @param layers one for each layer that holds enough for a code, in canonical order; at most {@link ModelHasher#MOST_LAYERS}
     */
    record Hashed(List<PerceptualCode> codes, List<LayerCode> layers, double quality) implements HashResult {
        public Hashed {
            codes = List.copyOf(codes);
            layers = List.copyOf(layers);
        }
    }

    /** Weights that would match by accident: zero, constant, not finite, or too few. */
    record Degenerate(String reason, double quality) implements HashResult {}
}
