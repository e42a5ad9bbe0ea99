package io.weighbridge.app.evaluate.figures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.weighbridge.app.evaluate.LibraryModel;
import io.weighbridge.app.evaluate.LibraryModel.Kind;
import io.weighbridge.app.evaluate.codes.Column;
import io.weighbridge.app.evaluate.codes.Column.AnyOf;
import io.weighbridge.app.evaluate.codes.Column.Single;
import io.weighbridge.app.evaluate.codes.Columns;
import io.weighbridge.app.evaluate.codes.LibraryCodes;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/**
 * The same figures as {@code evaluate_codes.py}, written again as that script has them: distances as fractions, lists of them, one loop over
 * all pairs.
 */
class EvaluateCodesTest {

    private static final Single ABC = TestLibrary.column("abc", 256, 70);
    private static final Single XYZ = TestLibrary.column("xyz", 512, 150);

    private record Ranked(double distance, boolean isStranger) {}

    private record Figures(
            double meanAveragePrecision, double areaUnderCurve, double caughtAt1000, double caughtFirst) {}

    @Test
    void shouldAgreeOnOneAlgorithmAndOnTwo() throws IOException {
        for (long seed = 1; seed <= 3; seed++) {
            var codes = random(seed);
            for (Column column : List.of(ABC, XYZ, new AnyOf("any", "any", List.of(ABC, XYZ)))) {
                var figures = take(codes, column).of(column);
                var expected = byTheScript(codes, column);

                var as = "seed " + seed + ", " + column.id();
                assertThat(figures.meanAveragePrecision())
                        .as(as)
                        .isCloseTo(expected.meanAveragePrecision(), within(1e-12));
                assertThat(figures.areaUnderCurve()).as(as).isCloseTo(expected.areaUnderCurve(), within(1e-12));
                assertThat(figures.atRates().get(1).caught()).as(as).isEqualTo(expected.caughtAt1000());
                assertThat(figures.caughtBeforeFirstFalse()).as(as).isEqualTo(expected.caughtFirst());
            }
        }
    }

    private static Figures byTheScript(LibraryCodes codes, Column column) {
        var positives = new ArrayList<Double>();
        var negatives = new ArrayList<Double>();
        var precisions = new ArrayList<Double>();
        for (int o = 0; o < codes.models().size(); o++) {
            if (codes.models().get(o).kind() == Kind.ORIGINAL) {
                var rank = new ArrayList<Ranked>();
                for (int f = 0; f < codes.models().size(); f++) {
                    if (f != o) {
                        boolean copy =
                                isCopy(codes.models().get(o), codes.models().get(f));
                        double distance = distance(codes, column, o, f);
                        rank.add(new Ranked(distance, !copy));
                        (copy ? positives : negatives).add(distance);
                    }
                }
                precisions.add(precision(rank));
            }
        }
        double auc = 0;
        for (double p : positives) {
            for (double n : negatives) {
                auc += n > p ? 1 : n == p ? .5 : 0;
            }
        }
        negatives.sort(null);
        double threshold = negatives.get((int) (negatives.size() * 1e-3));
        return new Figures(
                precisions.stream().mapToDouble(x -> x).average().orElseThrow(),
                auc / positives.size() / negatives.size(),
                (double) positives.stream().filter(p -> p < threshold).count() / positives.size(),
                (double) positives.stream().filter(p -> p < negatives.get(0)).count() / positives.size());
    }

    private static double precision(List<Ranked> rank) {
        rank.sort(Comparator.comparingDouble(Ranked::distance).thenComparing(ranked -> !ranked.isStranger()));
        double sum = 0;
        int hits = 0;
        for (int i = 1; i <= rank.size(); i++) {
            if (!rank.get(i - 1).isStranger()) {
                sum += (double) ++hits / i;
            }
        }
        return sum / hits;
    }

    private static double distance(LibraryCodes codes, Column column, int a, int b) {
        double best = 1;
        for (var part : column.parts()) {
            double n = part.algorithm().bits();
            double h = codes.of(part).get(a).distanceBits(codes.of(part).get(b));
            best = Math.min(best, n == 256 ? h / n : .5 - (n / 2 - h) / (Math.sqrt(n) / 2) / 32);
        }
        return best;
    }

    private static boolean isCopy(LibraryModel original, LibraryModel other) {
        return other.family().equals(original.family()) && (other.kind() == Kind.COPY || other.kind() == Kind.SAME);
    }

    private static LibraryFigures take(LibraryCodes codes, Column column) throws IOException {
        var columns = new Columns(column, List.of(column), List.of());
        return new LibraryFigures.Taker(columns, codes, KeptAccuracy.STANDARD, 1e-9, (step, done, total) -> {})
                .take(codes, (step, done, total) -> {});
    }

    /** Twelve families with four copies each, the farther ones among the strangers. */
    private static LibraryCodes random(long seed) {
        var random = new SplittableRandom(seed);
        var library = new TestLibrary();
        for (int f = 0; f < 12; f++) {
            long[] abc = TestLibrary.words(random, 256);
            long[] xyz = TestLibrary.words(random, 512);
            library.add(model(f, "original", Kind.ORIGINAL), Map.of(ABC, abc, XYZ, xyz));
            for (double moved : new double[] {.1, .38, .42, .46}) {
                library.add(
                        model(f, "moved-" + moved, Kind.COPY),
                        Map.of(
                                ABC, TestLibrary.near(random, abc, moved),
                                XYZ, TestLibrary.near(random, xyz, .9 * moved)));
            }
        }
        return library.codes();
    }

    private static LibraryModel model(int family, String change, Kind kind) {
        return TestLibrary.model("f" + family, change, kind, "vgg", "");
    }
}
