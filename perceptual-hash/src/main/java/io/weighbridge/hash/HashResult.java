package io.weighbridge.hash;

import java.util.List;

/** What hashing a model came to. */
public sealed interface HashResult {

    /** How much trained structure the weights hold, 0 (none: zero, constant, untrained) to 1. */
    double quality();

    /** One code from each algorithm. */
    record Hashed(List<PerceptualCode> codes, double quality) implements HashResult {
        public Hashed {
            codes = List.copyOf(codes);
        }
    }

    /** Weights that would match by accident: zero, constant, not finite, or too few. */
    record Degenerate(String reason, double quality) implements HashResult {}
}
