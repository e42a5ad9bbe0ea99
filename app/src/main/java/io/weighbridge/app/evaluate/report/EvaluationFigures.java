package io.weighbridge.app.evaluate.report;

import io.weighbridge.app.evaluate.codes.Column;
import io.weighbridge.app.evaluate.figures.KeptAccuracy;
import io.weighbridge.app.evaluate.figures.LibraryFigures;
import java.util.List;
import java.util.Optional;

/**
 * All that an evaluation found.
 *
 * @param command that found it, as printed
 * @param givenRate the false match rate that thresholds are calibrated for
 * @param judged the column that the goals are held against
 * @param also a second library, measured with what was tuned on the first
 */
public record EvaluationFigures(
        String command,
        double givenRate,
        KeptAccuracy accuracy,
        Column judged,
        LibraryFigures library,
        Optional<LibraryFigures> also) {

    /** All goals, on the library. */
    public List<Goal> goals() {
        return Goals.all(library, judged);
    }

    /** The measured goals, on the second library; none without one. */
    public List<Goal> alsoGoals() {
        return also.map(second -> Goals.measured(second, judged)).orElse(List.of());
    }
}
