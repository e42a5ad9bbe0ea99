package io.weighbridge.app.evaluate.report;

import io.weighbridge.app.evaluate.codes.Column;
import io.weighbridge.app.evaluate.figures.KeptAccuracy;
import io.weighbridge.app.evaluate.figures.LibraryFigures;
import io.weighbridge.app.evaluate.figures.VariantRank;
import java.util.List;
import java.util.Optional;

/**
 * All that an evaluation found.
 *
 * @param command that found it, as printed
 * @param givenRate the false match rate that thresholds are calibrated for
 * @param judged the column that the goals are held against
 * @param ntsChoice the variants of the paper's hash on the tuning part, the best first: the only figures that are not of the report part
 * @param also a second library, measured with what was tuned on the first
 */
public record EvaluationFigures(
        String command,
        double givenRate,
        KeptAccuracy accuracy,
        Column judged,
        LibraryFigures library,
        List<VariantRank> ntsChoice,
        Optional<LibraryFigures> also) {

    public EvaluationFigures {
        ntsChoice = List.copyOf(ntsChoice);
    }

    /** All goals, on the library. */
    public List<Goal> goals() {
        return Goals.all(library, judged);
    }

    /** The measured goals, on the second library; none without one. */
    public List<Goal> alsoGoals() {
        return also.map(second -> Goals.measured(second, judged)).orElse(List.of());
    }
}
