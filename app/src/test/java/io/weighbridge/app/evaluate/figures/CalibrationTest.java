package io.weighbridge.app.evaluate.figures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.weighbridge.app.evaluate.LibraryModel.Kind;
import io.weighbridge.app.evaluate.LibraryModel.Part;
import io.weighbridge.app.evaluate.codes.Column.Single;
import io.weighbridge.app.evaluate.codes.LibraryCodes;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class CalibrationTest {

    private static final Single COLUMN = TestLibrary.column("abc", 256, 60);

    private final LibraryCodes codes = independent();

    @Test
    void shouldPredictHowOftenIndependentCodesComeNear() {
        var calibration = Calibration.tuned(COLUMN, LibraryPairs.of(codes, Part.TUNING));

        assertThat(calibration.tail()).isPresent();
        assertThat(calibration.score(128)).isCloseTo(0, within(.1));
        assertThat(calibration.score(96)).isCloseTo(4, within(.3));
        assertThat(calibration.rate(100)).isBetween(2e-4, 6e-4);
        assertThat(calibration.rate(calibration.radiusBits(1e-6))).isLessThanOrEqualTo(1e-6);
        assertThat(calibration.rate(calibration.radiusBits(1e-6) + 1)).isGreaterThan(1e-6);
        assertThat(calibration.radiusBits(1e-300)).isEqualTo(-1);
    }

    @Test
    void shouldSeeOnOneHalfWhatWasPredictedFromTheOther() {
        var calibration = Calibration.tuned(COLUMN, LibraryPairs.of(codes, Part.TUNING));
        var report = LibraryPairs.of(codes, Part.REPORT);

        var points = CalibrationPoint.of(calibration, report);

        assertThat(points.get(0).predicted()).isLessThanOrEqualTo(1e-7);
        for (var point : points) {
            assertThat(point.pairs()).isEqualTo(report.distinctStrangers().length);
            assertThat(point.observedRate()).isBetween(point.low(), point.high());
            // The prediction is fitted to reach at least as far as the tail: it may be above the interval, not far
            // below.
            assertThat(point.predicted()).as("within " + point.distanceBits()).isGreaterThan(point.low() * .7);
            if (point.observed() > 100) {
                assertThat(point.predicted() / point.observedRate())
                        .as("within " + point.distanceBits())
                        .isBetween(.8, 2.0);
            }
        }
    }

    @Test
    void shouldGiveTheExactInterval() {
        var point = CalibrationPoint.of(Calibration.stated(COLUMN), LibraryPairs.of(codes, Part.REPORT)).stream()
                .filter(candidate -> candidate.observed() == 0)
                .reduce((a, b) -> b)
                .orElseThrow();

        // Clopper and Pearson, none of n: from 0 to 1 − (α/2)^(1/n).
        assertThat(point.low()).isZero();
        assertThat(point.high()).isCloseTo(1 - Math.pow(.025, 1.0 / point.pairs()), within(1e-9));
    }

    @Test
    void shouldStandByTheStatementOfTheAlgorithmWithoutATuningPart() {
        var none = new TestLibrary()
                .add(TestLibrary.model("f", "original", Kind.ORIGINAL, "vgg", ""), COLUMN, new long[4])
                .codes();

        var calibration = Calibration.tuned(COLUMN, LibraryPairs.of(none, Part.TUNING));

        assertThat(calibration.tail()).isEmpty();
        assertThat(calibration.rate(90)).isEqualTo(COLUMN.algorithm().falseMatchRate(90));
        assertThat(calibration.score(128)).isZero();
        assertThat(calibration.score(120)).isEqualTo(1);
    }

    private static LibraryCodes independent() {
        var random = new SplittableRandom(11);
        var library = new TestLibrary();
        for (var part : Part.values()) {
            for (int f = 0; f < 150; f++) {
                library.add(
                        TestLibrary.model(part.id() + f, "original", Kind.ORIGINAL, "vgg", "", part),
                        COLUMN,
                        TestLibrary.words(random, 256));
            }
        }
        return library.codes();
    }
}
