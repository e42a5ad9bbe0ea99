package io.weighbridge.app.evaluate.figures;

import io.weighbridge.hash.StandardNormal;
import java.util.Arrays;
import java.util.Optional;

/**
 * The normal distribution that stands for the z of strangers when false matches are predicted. Its mean is theirs. Its deviation is the largest of
 * theirs and of those that the tail asks for: at the upper 10⁻², 10⁻³, 10⁻⁴ … of the pairs, as long as {@value #PAIRS_BEYOND} or more
 * lie beyond, the deviation at which a normal distribution reaches as far. So it nowhere falls short of the tail that was seen, and a single
 * odd pair does not move it.
 *
 * @param mean of z
 * @param deviation of z, as it is
 * @param fitted the deviation that predictions are made with: not below {@code deviation}, nor below 1
 * @param pairs of strangers that it was estimated from
 */
public record Tail(double mean, double deviation, double fitted, int pairs) {

    private static final int MIN_PAIRS = 1000;
    private static final int PAIRS_BEYOND = 10;

    /** The tail of the given z; empty if there are fewer than {@value #MIN_PAIRS}, too few to say anything about tails. */
    static Optional<Tail> of(double[] z) {
        if (z.length < MIN_PAIRS) {
            return Optional.empty();
        }
        double[] sorted = z.clone();
        Arrays.sort(sorted);
        double mean = Arrays.stream(sorted).average().orElseThrow();
        double deviation = Math.sqrt(Arrays.stream(sorted)
                .map(x -> (x - mean) * (x - mean))
                .average()
                .orElseThrow());
        double fitted = Math.max(1, deviation);
        for (double beyond = .01; beyond * z.length >= PAIRS_BEYOND; beyond /= 10) {
            double reach = sorted[z.length - (int) Math.round(beyond * z.length)];
            fitted = Math.max(fitted, (reach - mean) / -StandardNormal.quantile(beyond));
        }
        return Optional.of(new Tail(mean, deviation, fitted, z.length));
    }
}
