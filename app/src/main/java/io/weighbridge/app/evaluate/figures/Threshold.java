package io.weighbridge.app.evaluate.figures;

import io.weighbridge.hash.HashAlgorithm;
import java.util.Optional;

/**
 * The thresholds of one algorithm.
 *
 * @param ownBits its own default threshold
 * @param ownStatedRate the false match rate it states there
 * @param ownCalibratedRate the false match rate there as calibrated on the tuning part
 * @param givenBits the threshold of its share of the rate that was asked for, as calibrated; -1 if even equal codes are not that rare
 * @param tail what the calibration came to; empty without a tuning part
 */
public record Threshold(
        String algorithm,
        int bits,
        int ownBits,
        double ownStatedRate,
        double ownCalibratedRate,
        int givenBits,
        Optional<Tail> tail) {

    static Threshold of(Calibration calibration, double rate) {
        var algorithm = calibration.column().algorithm();
        int own = algorithm.thresholdBits();
        return new Threshold(
                calibration.column().title(),
                algorithm.bits(),
                own,
                stated(algorithm),
                calibration.rate(own),
                calibration.radiusBits(rate),
                calibration.tail());
    }

    /** How often strangers match by the algorithm's own threshold, as it states; never if no distance is rare enough for it. */
    static double stated(HashAlgorithm algorithm) {
        int own = algorithm.thresholdBits();
        return own < 0 ? 0 : algorithm.falseMatchRate(own);
    }
}
