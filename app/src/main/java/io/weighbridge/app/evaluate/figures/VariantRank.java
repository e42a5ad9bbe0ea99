package io.weighbridge.app.evaluate.figures;

import io.weighbridge.app.evaluate.LibraryModel.Part;
import io.weighbridge.app.evaluate.codes.Column.Single;
import io.weighbridge.app.evaluate.codes.Columns;
import io.weighbridge.app.evaluate.codes.LibraryCodes;
import io.weighbridge.app.progress.Progress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * How one variant of the paper's hash does on the tuning part, where the default is chosen. No file of the report part is in a pair.
 *
 * @param isDefault whether this is the variant that models are hashed with
 * @param copies pairs of an original and a copy of it
 * @param strangers all other pairs of an original and a file
 * @param standardError of the mAP: the deviation of the average precisions of the originals over the root of their number
 * @param caught share of the copies at the false match rate that the goals are stated for, with the threshold from these strangers
 */
public record VariantRank(
        String id,
        String title,
        boolean isDefault,
        int bits,
        int copies,
        int strangers,
        double meanAveragePrecision,
        double standardError,
        double areaUnderCurve,
        double caught) {

    /** All variants of the paper's hash, the best mAP first; none if the tuning part has no copies or no strangers. */
    public static List<VariantRank> onTuning(Columns columns, LibraryCodes codes, Progress progress) {
        var tuning = LibraryPairs.of(codes, Part.TUNING);
        var ranks = new ArrayList<VariantRank>();
        if (tuning.copies().length == 0 || tuning.strangers().length == 0) {
            return ranks;
        }
        var variants = columns.ofThePaper();
        for (var variant : variants) {
            boolean isDefault =
                    columns.principal().stream().anyMatch(column -> column.id().equals(variant.id()));
            ranks.add(of(variant, isDefault, tuning));
            progress.at("ranking", ranks.size(), variants.size());
        }
        ranks.sort(Comparator.comparingDouble(VariantRank::meanAveragePrecision).reversed());
        return ranks;
    }

    /**
     * The variant that is to be the default, by the rule of one standard error (Breiman and others, Classification and Regression Trees, 1984): the shortest of those whose mAP is
     * within one standard error of the best, because it cannot be told from the best; of equally short ones that of the best mAP.
     *
     * @param ranks at least one
     */
    public static VariantRank choice(List<VariantRank> ranks) {
        var byPrecision = Comparator.comparingDouble(VariantRank::meanAveragePrecision);
        var best = ranks.stream().max(byPrecision).orElseThrow();
        double enough = best.meanAveragePrecision() - best.standardError();
        return ranks.stream()
                .filter(rank -> rank.meanAveragePrecision() >= enough)
                .min(Comparator.comparingInt(VariantRank::bits).thenComparing(byPrecision.reversed()))
                .orElseThrow();
    }

    /** Ranks do not depend on the calibration of a single algorithm, so what it states will do. */
    private static VariantRank of(Single variant, boolean isDefault, LibraryPairs tuning) {
        var scores = PairScores.of(Yardstick.stated(variant), tuning);
        var roc = scores.roc();
        double[] precisions = scores.averagePrecisions();
        return new VariantRank(
                variant.id(),
                variant.title(),
                isDefault,
                variant.algorithm().bits(),
                tuning.copies().length,
                tuning.strangers().length,
                Arrays.stream(precisions).average().orElseThrow(),
                standardError(precisions),
                roc.auc(),
                roc.caughtAbove(roc.thresholdAt(Measure.JUDGED_RATE)));
    }

    private static double standardError(double[] precisions) {
        double mean = Arrays.stream(precisions).average().orElseThrow();
        double squares =
                Arrays.stream(precisions).map(p -> (p - mean) * (p - mean)).sum();
        return Math.sqrt(squares / precisions.length / precisions.length);
    }
}
