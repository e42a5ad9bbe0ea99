package io.weighbridge.hash.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weighbridge.hash.AlgorithmId;
import io.weighbridge.hash.PerceptualCode;
import java.util.EnumSet;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SubstringPlanTest {

    private static final AlgorithmId ID = AlgorithmId.parse("test@1");

    @Test
    void shouldCutEveryBitIntoExactlyOneSubstring() {
        var random = new Random(5);
        for (int bits : new int[] {64, 128, 256, 512}) {
            for (int m = bits / 64; m <= 33; m++) {
                var plan = new SubstringPlan(bits, m, 0, 0, SearchMode.INDEX);
                var code = PerceptualCode.of(ID, random.longs(bits / 64).toArray());
                var cut = new StringBuilder();
                for (int position = 0; position < m; position++) {
                    int width = plan.widthBits(position);
                    String digits = Long.toBinaryString(plan.substring(code, position));
                    cut.append("0".repeat(width - digits.length())).append(digits);
                }
                assertThat(cut.toString()).as("%d bits in %d", bits, m).isEqualTo(binary(code));
            }
        }
    }

    @Test
    void shouldAddUpSubstringDistancesToTheDistance() {
        var random = new Random(6);
        for (int m = 1; m <= 40; m++) {
            var plan = new SubstringPlan(256, m, 0, 0, SearchMode.SCAN);
            var one = PerceptualCode.of(ID, random.longs(4).toArray());
            var other = PerceptualCode.of(ID, random.longs(4).toArray());
            int sum = IntStream.range(0, m)
                    .map(position -> plan.substringDistanceBits(one, other, position))
                    .sum();
            assertThat(sum).as("m = %d", m).isEqualTo(one.distanceBits(other));
        }
    }

    @Test
    void shouldUseTheSharperRadii() {
        assertThat(radii(new SubstringPlan(256, 11, 31, 0, SearchMode.INDEX)))
                .containsExactly(2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 1);
        assertThat(radii(new SubstringPlan(256, 16, 31, 0, SearchMode.INDEX)))
                .containsExactly(1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1);
        assertThat(radii(new SubstringPlan(64, 4, 5, 0, SearchMode.INDEX))).containsExactly(1, 1, 0, 0);
    }

    @Test
    void shouldLeaveOutPositionsThatNeedNoProbe() {
        var plan = new SubstringPlan(64, 4, 1, 0, SearchMode.INDEX);
        assertThat(radii(plan)).containsExactly(0, 0, -1, -1);
        var code = PerceptualCode.of(ID, 42);
        assertThat(plan.residentPlaces(SearchMode.INDEX, code, "x"))
                .extracting(Place::position)
                .containsExactly(0, 1);
        assertThat(plan.roamingPlaces(SearchMode.INDEX, code))
                .extracting(Place::position)
                .containsExactly(0, 1);
        assertThat(plan.lookups()).isEqualTo(2);
    }

    @Test
    void shouldSendOneProbeAPositionWithoutPrefixBits() {
        var code = PerceptualCode.of(ID, 1, 2, 3, 4);
        var plan = new SubstringPlan(256, 16, 64, 0, SearchMode.INDEX);
        assertThat(plan.roamingPlaces(SearchMode.INDEX, code))
                .hasSize(16)
                .isEqualTo(plan.residentPlaces(SearchMode.INDEX, code, "x"));
    }

    @Test
    void shouldVisitEveryPrefixGroupInReachOnce() {
        var code = PerceptualCode.of(ID, 0xa000_0000_0000_0000L);
        var plan = new SubstringPlan(64, 2, 2, 3, SearchMode.INDEX);
        assertThat(plan.residentPlaces(SearchMode.INDEX, code, "x")).containsExactly(new Place(0, 5), new Place(1, 0));
        assertThat(plan.roamingPlaces(SearchMode.INDEX, code))
                .containsExactlyInAnyOrder(
                        new Place(0, 5), new Place(0, 4), new Place(0, 7), new Place(0, 1), new Place(1, 0));
    }

    @Test
    void shouldTakeTheNumberOfSubstringsThatCostsLeast() {
        int best = SubstringPlan.bestSubstrings(256, 31, 10_000_000);
        double cost = indexCost(best);
        for (int substrings = 4; substrings <= 64; substrings++) {
            assertThat(indexCost(substrings)).isGreaterThanOrEqualTo(cost);
        }
        assertThat(best).isBetween(9, 16);
    }

    private static double indexCost(int substrings) {
        var plan = new SubstringPlan(256, substrings, 31, 0, SearchMode.INDEX);
        return plan.indexCost(plan.candidates(10_000_000));
    }

    @Test
    void shouldDealSharesToThePlacesOfTheIndexIfBothModesMayBeChosen() {
        var plan = new SubstringPlan(256, 16, 2, 0, EnumSet.allOf(SearchMode.class));
        var code = TestCodes.random(AlgorithmId.parse("test@1"), 256, new Random(1));
        assertThat(plan.roamingPlaces(SearchMode.SCAN, code))
                .hasSize(3)
                .isEqualTo(plan.roamingPlaces(SearchMode.INDEX, code));
        assertThat(plan.roamingPlaces(SearchMode.SCAN, code))
                .containsAll(plan.residentPlaces(SearchMode.SCAN, code, "x"));
    }

    @Test
    void shouldRefusePrefixBitsWithBothModes() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new SubstringPlan(256, 16, 31, 1, EnumSet.allOf(SearchMode.class)))
                .withMessageContaining("prefixBits: expected 0");
    }

    /** The figures of the cost table in docs/adr/0007-similarity-join.md. */
    @Test
    void shouldPredictTheWorkOfAnIndex() {
        var plan = new SubstringPlan(256, 16, 31, 0, SearchMode.INDEX);
        assertThat(plan.lookups()).isEqualTo(272);
        assertThat(plan.candidates(10_000_000)).isBetween(41_000.0, 42_000.0);
        assertThat(new SubstringPlan(256, 11, 31, 0, SearchMode.INDEX).lookups())
                .isBetween(2_800.0, 3_000.0);
    }

    @Test
    void shouldRefuseWhatCannotBeCut() {
        refused("substrings: expected 1 to 64, got 0", 64, 0, 3, 0);
        refused("substrings: expected 1 to 64, got 65", 64, 65, 3, 0);
        refused("radiusBits: expected 0 to 64, got 65", 64, 4, 65, 0);
        refused("radiusBits: expected 0 to 64, got -1", 64, 4, -1, 0);
        refused("prefixBits: expected 0 to 6, got 7", 64, 10, 3, 7);
        refused("prefixBits: expected 0 to 16, got 17", 64, 1, 3, 17);
        refused("substrings: expected at least 4 to index codes of 256 bits, got 3", 256, 3, 3, 0);
    }

    private static void refused(String message, int bits, int substrings, int radiusBits, int prefixBits) {
        assertThatThrownBy(() -> new SubstringPlan(bits, substrings, radiusBits, prefixBits, SearchMode.INDEX))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    private static int[] radii(SubstringPlan plan) {
        return IntStream.range(0, plan.substrings()).map(plan::radiusBits).toArray();
    }

    private static String binary(PerceptualCode code) {
        var digits = new StringBuilder();
        for (int word = 0; word < code.bits() / 64; word++) {
            String bits = Long.toBinaryString(code.word(word));
            digits.append("0".repeat(64 - bits.length())).append(bits);
        }
        return digits.toString();
    }
}
