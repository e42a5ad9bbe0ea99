package io.weighbridge.app.evaluate.figures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class AveragePrecisionTest {

    private record File(double score, boolean isCopy) {}

    @Test
    void shouldBeOneIfCopiesComeFirst() {
        assertThat(AveragePrecision.of(new double[] {9, 8}, new double[] {7, 1}))
                .isEqualTo(1);
        assertThat(AveragePrecision.of(new double[] {9}, new double[0])).isEqualTo(1);
    }

    @Test
    void shouldCountByHand() {
        // Ranks: copy, stranger, copy, stranger, stranger, copy.
        assertThat(AveragePrecision.of(new double[] {9, 7, 1}, new double[] {8, 6, 5}))
                .isCloseTo((1.0 / 1 + 2.0 / 3 + 3.0 / 6) / 3, within(1e-15));
    }

    @Test
    void shouldRankAStrangerBeforeACopyThatIsAsNear() {
        assertThat(AveragePrecision.of(new double[] {5, 5}, new double[] {5})).isEqualTo((1.0 / 2 + 2.0 / 3) / 2);
    }

    @Test
    void shouldEqualRankingAllFiles() {
        for (long seed = 1; seed <= 20; seed++) {
            var random = new SplittableRandom(seed);
            double[] copies = random.doubles(1 + random.nextInt(9))
                    .map(x -> Math.floor(8 * x))
                    .toArray();
            double[] strangers = random.doubles(random.nextInt(30))
                    .map(x -> Math.floor(7 * x))
                    .toArray();

            assertThat(AveragePrecision.of(copies, strangers))
                    .as("seed " + seed)
                    .isCloseTo(byRanking(copies, strangers), within(1e-12));
        }
    }

    private static double byRanking(double[] copies, double[] strangers) {
        var files = new ArrayList<File>();
        for (double score : copies) {
            files.add(new File(score, true));
        }
        for (double score : strangers) {
            files.add(new File(score, false));
        }
        files.sort(Comparator.comparingDouble(File::score).reversed().thenComparing(File::isCopy));
        double sum = 0;
        int hits = 0;
        for (int rank = 1; rank <= files.size(); rank++) {
            if (files.get(rank - 1).isCopy()) {
                sum += (double) ++hits / rank;
            }
        }
        return sum / copies.length;
    }
}
