package io.weighbridge.hasher;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WeightedTurnsTest {

    private static final Set<Share> BOTH = EnumSet.allOf(Share.class);

    /** How many places a share gets that is alone. */
    private static int most(WeightedTurns turns, Share share) {
        int held = 0;
        while (turns.next(Set.of(share)).isPresent()) {
            turns.begin(share);
            held++;
        }
        return held;
    }

    @ParameterizedTest
    @CsvSource({"1,1,1", "2,2,1", "3,3,1", "10,10,2", "32,32,6", "100,100,20"})
    void shouldGiveBackfillItsPartAtMostAndLiveAll(int places, int live, int backfill) {
        assertThat(most(new WeightedTurns(places, 4, 1), Share.LIVE)).isEqualTo(live);
        assertThat(most(new WeightedTurns(places, 4, 1), Share.BACKFILL)).isEqualTo(backfill);
    }

    @Test
    void shouldHavePlaceForLiveHoweverHeavyBackfillIs() {
        for (int places = 1; places < 20; places++) {
            var turns = new WeightedTurns(places, 1, 1_000_000);
            most(turns, Share.BACKFILL);
            assertThat(turns.next(BOTH)).as("of %d places", places).contains(Share.LIVE);
        }
    }

    @Test
    void shouldGiveTurnsByWeightWhileBothWait() {
        var turns = new WeightedTurns(2, 4, 1);
        var given = new ArrayList<Share>();
        for (int i = 0; i < 50; i++) {
            var next = turns.next(BOTH).orElseThrow();
            turns.begin(next);
            given.add(next);
            turns.end(next);
        }
        assertThat(given.stream().filter(Share.BACKFILL::equals)).hasSize(10);
        assertThat(given.subList(0, 10)).contains(Share.BACKFILL);
    }

    @Test
    void shouldSaveNothingUpForAShareThatHadNothingToDo() {
        var turns = new WeightedTurns(2, 1, 1);
        for (int i = 0; i < 100; i++) {
            turns.begin(Share.LIVE);
            turns.end(Share.LIVE);
        }
        var given = new ArrayList<Share>();
        for (int i = 0; i < 6; i++) {
            var next = turns.next(BOTH).orElseThrow();
            turns.begin(next);
            given.add(next);
            turns.end(next);
        }
        assertThat(given.stream().filter(Share.LIVE::equals)).hasSizeGreaterThanOrEqualTo(2);
        assertThat(List.copyOf(given)).contains(Share.BACKFILL);
    }
}
