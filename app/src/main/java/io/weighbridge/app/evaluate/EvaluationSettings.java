package io.weighbridge.app.evaluate;

import io.weighbridge.app.evaluate.codes.Columns;
import io.weighbridge.app.evaluate.figures.KeptAccuracy;
import java.nio.file.Path;
import java.util.Optional;

/**
 * How an evaluation is done.
 *
 * @param rate the false match rate that all algorithms get thresholds for
 * @param threads files hashed at a time
 * @param report folder of {@code evaluation.md} and {@code evaluation/}
 * @param also folder of a second library, reported apart
 * @param command what the report says it was written by; holds no path of this machine
 */
public record EvaluationSettings(
        Columns columns,
        KeptAccuracy accuracy,
        double rate,
        int threads,
        Path report,
        Optional<Path> also,
        String command) {

    public EvaluationSettings {
        if (!(rate > 0 && rate < 1)) {
            throw new IllegalArgumentException("rate: expected between 0 and 1, got " + rate);
        }
        if (threads < 1) {
            throw new IllegalArgumentException("threads: expected 1 or more, got " + threads);
        }
    }
}
