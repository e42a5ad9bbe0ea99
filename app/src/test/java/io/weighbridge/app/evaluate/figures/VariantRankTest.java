package io.weighbridge.app.evaluate.figures;

import static org.assertj.core.api.Assertions.assertThat;

import io.weighbridge.app.evaluate.LibraryModel;
import io.weighbridge.app.evaluate.LibraryModel.Kind;
import io.weighbridge.app.evaluate.LibraryModel.Part;
import io.weighbridge.app.evaluate.codes.Column.Single;
import io.weighbridge.app.evaluate.codes.Columns;
import io.weighbridge.app.evaluate.codes.LibraryCodes;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Variants on a library that is small enough to count by hand. */
class VariantRankTest {

    private static final Single PRI = TestLibrary.column("pri", 64, 8);
    private static final Single DEFAULT = TestLibrary.variant("nts-1", "nts, one", "nts", 64, 8);
    private static final Single OTHER = TestLibrary.variant("nts-2", "nts, two", "nts", 64, 8);
    private static final Columns COLUMNS = new Columns(PRI, List.of(PRI, DEFAULT), List.of(OTHER));

    @Test
    void shouldRankTheVariantsOfThePapersHashAlone() {
        var ranks = ranks(library(true));

        assertThat(ranks).extracting(VariantRank::id).containsExactly("nts-2", "nts-1");
        assertThat(ranks).extracting(VariantRank::isDefault).containsExactly(false, true);
    }

    @Test
    void shouldCountByHand() {
        var ranks = ranks(library(true));

        // Two originals with a copy and two strangers each; in the default one copy, 11 away, is behind two strangers,
        // 10 away.
        assertThat(ranks.get(0)).isEqualTo(new VariantRank("nts-2", "nts, two", false, 64, 2, 4, 1, 0, 1, 1));
        assertThat(ranks.get(1))
                .isEqualTo(new VariantRank(
                        "nts-1", "nts, one", true, 64, 2, 4, .75, Math.sqrt(2 * .25 * .25 / 4), 6 / 8.0, .5));
    }

    @Test
    void shouldChooseTheShortestThatCannotBeToldFromTheBest() {
        var best = rank("best", 512, .8, .05);
        var near = rank("near", 256, .76, .05);
        var nearer = rank("nearer", 256, .77, .01);
        var far = rank("far", 64, .74, .09);

        assertThat(VariantRank.choice(List.of(best, near, nearer, far))).isEqualTo(nearer);
        assertThat(VariantRank.choice(List.of(far, best))).isEqualTo(best);
    }

    private static VariantRank rank(String id, int bits, double precision, double standardError) {
        return new VariantRank(id, id, false, bits, 9, 9, precision, standardError, 1, 1);
    }

    @Test
    void shouldNotSeeTheReportPart() {
        assertThat(ranks(library(false))).isEqualTo(ranks(library(true)));
        assertThat(ranks(new TestLibrary()
                        .add(TestLibrary.model("r", "original", Kind.ORIGINAL, "vgg", "u"), codes(0, 0))
                        .add(TestLibrary.model("r", "pruned", Kind.COPY, "vgg", "u"), codes(0, 0))
                        .add(TestLibrary.model("s", "original", Kind.ORIGINAL, "vgg", "u"), codes(9, 9))
                        .codes()))
                .isEmpty();
    }

    /** In the default f's copy is 11 away from f's original, and g's original 10; all else is as it should be. */
    private static LibraryCodes library(boolean withReport) {
        var library = new TestLibrary()
                .add(tuning("f", "original", Kind.ORIGINAL), codes(0, 0))
                .add(tuning("f", "pruned", Kind.COPY), codes(ones(11) << 44, ones(2)))
                .add(tuning("g", "original", Kind.ORIGINAL), codes(ones(10), ones(40)))
                .add(tuning("g", "pruned", Kind.COPY), codes(ones(12), ones(42)));
        if (withReport) {
            library.add(TestLibrary.model("r", "original", Kind.ORIGINAL, "vgg", "u"), codes(0, 0))
                    .add(TestLibrary.model("r", "pruned", Kind.COPY, "vgg", "u"), codes(ones(63), ones(63)));
        }
        return library.codes();
    }

    private static List<VariantRank> ranks(LibraryCodes codes) {
        return VariantRank.onTuning(COLUMNS, codes, (step, done, total) -> {});
    }

    private static LibraryModel tuning(String family, String change, Kind kind) {
        return TestLibrary.model(family, change, kind, "vgg", "t", Part.TUNING);
    }

    private static Map<Single, long[]> codes(long ofDefault, long ofOther) {
        return Map.of(
                PRI, new long[] {0},
                DEFAULT, new long[] {ofDefault},
                OTHER, new long[] {ofOther});
    }

    private static long ones(int count) {
        return (1L << count) - 1;
    }
}
