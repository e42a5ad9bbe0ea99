package io.weighbridge.hasher.format.onnx;

import java.util.List;
import java.util.stream.Stream;

/**
 * A value that is computed from weights in a way that is not followed.
 *
 * @param weights those it is computed from, {@value #MOST} at most
 * @param by the first operator that was not followed, with its node
 */
record Unfolded(List<Weight> weights, String by) {

    private static final int MOST = 16;

    Unfolded {
        weights = weights.stream().distinct().limit(MOST).toList();
    }

    /** What is computed from both; either may be null. */
    static Unfolded of(Unfolded one, Unfolded other) {
        return one == null
                ? other
                : other == null
                        ? one
                        : new Unfolded(
                                Stream.concat(one.weights.stream(), other.weights.stream())
                                        .toList(),
                                one.by);
    }
}
