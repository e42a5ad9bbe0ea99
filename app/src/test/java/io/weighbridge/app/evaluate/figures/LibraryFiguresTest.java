package io.weighbridge.app.evaluate.figures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.weighbridge.app.evaluate.LibraryModel.Kind;
import io.weighbridge.app.evaluate.codes.Column;
import io.weighbridge.app.evaluate.codes.Column.AnyOf;
import io.weighbridge.app.evaluate.codes.Column.Single;
import io.weighbridge.app.evaluate.codes.Columns;
import io.weighbridge.app.evaluate.codes.LibraryCodes;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** All figures of a library that is small enough to count by hand. */
class LibraryFiguresTest {

    private static final Single ABC = TestLibrary.column("abc", 64, 8);
    private static final Single XYZ = TestLibrary.column("xyz", 64, 4);
    private static final AnyOf ANY = new AnyOf("any", "any", List.of(ABC, XYZ));

    /**
     * Distances from f's original in abc: permuted 0, pruned 10, student 6, fresh 30; from g's: noisy 4. The originals differ in 32, and so do
     * g's from f's copies, more or less.
     */
    private static LibraryCodes byHand() {
        return new TestLibrary()
                .add(TestLibrary.model("f", "original", Kind.ORIGINAL, "vgg", "t"), words(0, 0))
                .add(TestLibrary.model("f", "permuted", Kind.SAME, "vgg", "t"), words(0, ones(32)))
                .add(TestLibrary.model("f", "pruned", Kind.COPY, "vgg", "t"), words(ones(10), ones(2)))
                .add(TestLibrary.model("f", "student", Kind.STUDENT, "vgg", "t"), words(ones(6), ones(30)))
                .add(TestLibrary.model("f", "fresh", Kind.FRESH, "vgg", "t"), words(ones(30), ones(33)))
                .add(
                        TestLibrary.model("g", "original", Kind.ORIGINAL, "vgg", "t"),
                        words(ones(32) << 32, ones(31) << 33))
                .add(TestLibrary.model("g", "noisy", Kind.COPY, "vgg", "t"), words(ones(28) << 32, ones(31) << 33))
                .codes();
    }

    @Test
    void shouldCountOneAlgorithmByHand() throws IOException {
        var figures = take(byHand(), ABC).of(ABC);

        assertThat(figures.copies()).isEqualTo(3);
        assertThat(figures.strangers()).isEqualTo(2 * 6 - 3);
        // f ranks permuted (0), student (6), pruned (10); g ranks noisy first.
        assertThat(figures.meanAveragePrecision()).isCloseTo(((1 + 2.0 / 3) / 2 + 1) / 2, within(1e-12));
        // pruned is behind one of nine strangers.
        assertThat(figures.areaUnderCurve()).isCloseTo((9 + 9 + 8) / 27.0, within(1e-12));
        assertThat(figures.caughtBeforeFirstFalse()).isEqualTo(2.0 / 3);
        assertThat(figures.ownThresholds().caught()).isEqualTo(2.0 / 3);
        assertThat(figures.ownThresholds().falseMatches()).isEqualTo(1);
        assertThat(figures.nearestStranger().file()).isEqualTo("f-student.pt");
        assertThat(figures.nearestStranger().relation()).isEqualTo("student");
        assertThat(figures.nearestStranger().distance()).isEqualTo(6 / 64.0);
        // z = (32 − 6) / 4.
        assertThat(figures.nearestStranger().score()).isEqualTo(6.5);
    }

    @Test
    void shouldTellTheKindsOfStrangersApart() throws IOException {
        var figures = take(byHand(), ABC).of(ABC);

        assertThat(figures.group(Relation.STUDENT).orElseThrow().pairs()).isEqualTo(1);
        assertThat(figures.group(Relation.STUDENT).orElseThrow().matches()).isEqualTo(1);
        assertThat(figures.group(Relation.FRESH).orElseThrow().smallestDistance())
                .isEqualTo(30 / 64.0);
        assertThat(figures.group(Relation.SAME_TASK).orElseThrow().pairs()).isEqualTo(7);
        assertThat(figures.group(Relation.SAME_TASK).orElseThrow().matches()).isZero();
        assertThat(figures.group(Relation.OTHER)).isEmpty();
    }

    @Test
    void shouldCountChangeByChange() throws IOException {
        var changes = take(byHand(), ABC).of(ABC).changes();

        assertThat(changes).extracting(ChangeFigures::change).containsExactly("permuted", "noisy", "pruned");
        assertThat(changes.get(0).kept().orElseThrow()).isEqualTo(new Caught(1, 1, 1, 1, 0, 0, 0));
        var pruned = changes.get(2).kept().orElseThrow();
        assertThat(pruned.share()).isZero();
        assertThat(pruned.meanDistance()).isEqualTo(10 / 64.0);
        assertThat(changes.get(2).areaUnderCurve()).isCloseTo(8 / 9.0, within(1e-12));
        assertThat(changes.get(2).destroyed()).isEmpty();
    }

    @Test
    void shouldTakeTheNearestOfSeveralAlgorithms() throws IOException {
        var figures = take(byHand(), ANY).of(ANY);

        // pruned is 2 away in xyz, nearer than the student's 6 in abc; its nearest distance is that one.
        assertThat(figures.meanAveragePrecision()).isEqualTo(1);
        assertThat(figures.areaUnderCurve()).isEqualTo(1);
        assertThat(figures.ownThresholds().caught()).isEqualTo(1);
        assertThat(figures.changes().get(2).kept().orElseThrow().meanDistance()).isEqualTo(2 / 64.0);
        // Each part gets half of the rate.
        assertThat(figures.thresholds())
                .allSatisfy(threshold -> assertThat(ABC.algorithm().falseMatchRate(threshold.givenBits()))
                        .isLessThanOrEqualTo(5e-6));
        assertThat(figures.ownThresholds().falseMatchRate())
                .isEqualTo(ABC.algorithm().falseMatchRate(8) + XYZ.algorithm().falseMatchRate(4));
    }

    @Test
    void shouldHaveNothingToSayWithoutStrangers() {
        var codes = new TestLibrary()
                .add(TestLibrary.model("f", "original", Kind.ORIGINAL, "vgg", "t"), words(0, 0))
                .add(TestLibrary.model("f", "pruned", Kind.COPY, "vgg", "t"), words(0, 0))
                .codes();

        assertThatThrownBy(() -> take(codes, ABC))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("got 1 and 0");
    }

    private static LibraryFigures take(LibraryCodes codes, Column judged) throws IOException {
        var columns = new Columns(judged, List.of(judged), List.of());
        return new LibraryFigures.Taker(columns, codes, KeptAccuracy.STANDARD, 1e-5, (step, done, total) -> {})
                .take(codes, (step, done, total) -> {});
    }

    private static Map<Single, long[]> words(long abc, long xyz) {
        return Map.of(ABC, new long[] {abc}, XYZ, new long[] {xyz});
    }

    private static long ones(int count) {
        return (1L << count) - 1;
    }
}
