package io.weighbridge.app.evaluate.figures;

import io.weighbridge.app.evaluate.codes.Column.Single;
import io.weighbridge.hash.FalseMatches;
import java.util.Optional;

/**
 * What a distance means in one algorithm: how often chance alone brings strangers that near. Estimated on the strangers of the tuning part;
 * without one, what the algorithm itself states.
 */
public final class Calibration {

    private final Single column;
    private final Optional<Tail> tail;
    private final double[] rates;

    private Calibration(Single column, Optional<Tail> tail) {
        this.column = column;
        this.tail = tail;
        var algorithm = column.algorithm();
        var estimated = tail.map(t -> new FalseMatches(algorithm.bits(), t.mean(), t.fitted()));
        this.rates = new double[algorithm.bits() + 1];
        for (int d = 0; d < rates.length; d++) {
            rates[d] = estimated.isPresent() ? estimated.get().rate(d) : algorithm.falseMatchRate(d);
        }
    }

    /** What the algorithm states. */
    static Calibration stated(Single column) {
        return new Calibration(column, Optional.empty());
    }

    /** Estimated on the pairs of a tuning part, if they are enough. */
    static Calibration tuned(Single column, LibraryPairs tuning) {
        var codes = tuning.codes().of(column);
        int[] strangers = tuning.distinctStrangers();
        var z = new double[strangers.length];
        for (int s = 0; s < z.length; s++) {
            var original = codes.get(tuning.originalIndex(strangers[s]));
            z[s] = z(column, original.distanceBits(codes.get(tuning.otherIndex(strangers[s]))));
        }
        return new Calibration(column, Tail.of(z));
    }

    public Single column() {
        return column;
    }

    /** What was estimated; empty if the algorithm's own statement stands. */
    public Optional<Tail> tail() {
        return tail;
    }

    /** The false match rate of a threshold of that distance, inclusive; 0 for -1, a threshold that nothing meets. */
    public double rate(int distanceBits) {
        return distanceBits < 0 ? 0 : rates[distanceBits];
    }

    /** The largest distance whose rate is at most {@code rate}; -1 if there is none. */
    public int radiusBits(double rate) {
        int radius = -1;
        while (radius + 1 < rates.length && rates[radius + 1] <= rate) {
            radius++;
        }
        return radius;
    }

    /** The nearness of two codes in deviations of strangers; plain z if nothing was estimated. Comparable over algorithms. */
    double score(int distanceBits) {
        double z = z(column, distanceBits);
        return tail.map(t -> (z - t.mean()) / t.fitted()).orElse(z);
    }

    /** Deviations of independent bits: z = (b/2 − distance) / (√b/2), 0 for unrelated codes, √b for equal ones. */
    private static double z(Single column, int distanceBits) {
        double bits = column.algorithm().bits();
        return (bits / 2 - distanceBits) / (Math.sqrt(bits) / 2);
    }
}
