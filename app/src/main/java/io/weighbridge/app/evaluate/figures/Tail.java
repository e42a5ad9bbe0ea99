package io.weighbridge.app.evaluate.figures;

import io.weighbridge.hash.StandardNormal;
import java.util.Arrays;
import java.util.Optional;

/**
 * The normal distribution that stands for the z of strangers when false matches are predicted. Its mean is their median. Its deviation is the largest
 * of what their middle asks for (half the distance between the quantiles one deviation below and above), and of what their tail asks for: at the
 * upper 10⁻², 10⁻³, 10⁻⁴ … of the pairs, as long as {@value #PAIRS_BEYOND} or more lie beyond, the deviation at which a normal distribution
 * reaches as far. So it falls short of the tail nowhere that the tail is well seen, and a few odd pairs hardly move it.
 *
 * @param mean of the normal distribution: the median of z
 * @param deviation of z as it is, odd pairs and all
 * @param fitted the deviation that predictions are made with, at least 1
 * @param pairs of strangers that it was estimated from
 */
public record Tail(double mean, double deviation, double fitted, int pairs) {

    private static final int MIN_PAIRS = 1000;
    private static final int PAIRS_BEYOND = 10;

    /** The share of a normal distribution that lies more than one deviation below its mean. */
    private static final double BELOW = StandardNormal.upperTail(1);

    /** The tail of the given z; empty if there are fewer than {@value #MIN_PAIRS}, too few to say anything about tails. */
    static Optional<Tail> of(double[] z) {
        if (z.length < MIN_PAIRS) {
            return Optional.empty();
        }
        double[] sorted = z.clone();
        Arrays.sort(sorted);
        double middle = quantile(sorted, .5);
        double fitted = Math.max(1, (quantile(sorted, 1 - BELOW) - quantile(sorted, BELOW)) / 2);
        for (double beyond = .01; beyond * z.length >= PAIRS_BEYOND; beyond /= 10) {
            double reach = quantile(sorted, 1 - beyond);
            fitted = Math.max(fitted, (reach - middle) / -StandardNormal.quantile(beyond));
        }
        return Optional.of(new Tail(middle, deviation(z), fitted, z.length));
    }

    private static double quantile(double[] sorted, double share) {
        return sorted[Math.min(sorted.length - 1, (int) Math.round(share * sorted.length))];
    }

    private static double deviation(double[] z) {
        double mean = Arrays.stream(z).average().orElseThrow();
        return Math.sqrt(
                Arrays.stream(z).map(x -> (x - mean) * (x - mean)).average().orElseThrow());
    }
}
