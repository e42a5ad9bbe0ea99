package io.weighbridge.matcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.weighbridge.matcher.store.MatchTally;
import io.weighbridge.matcher.store.PendingSearch;
import org.junit.jupiter.api.Test;

class FloodRuleTest {

    /** More than 20 of the last 100. */
    private static final FloodRule RULE = new FloodRule(.2, 100);

    @Test
    void shouldQuarantineWhatMatchesTooManyRecentUploads() {
        var tally = MatchTally.NONE;
        for (int arrival = 1; arrival <= 20; arrival++) {
            tally = RULE.withLive(tally, arrival);
        }
        assertThat(tally.isQuarantined()).isFalse();
        tally = RULE.withLive(tally, 21);
        assertThat(tally.isQuarantined()).isTrue();
        assertThat(tally.held()).isEqualTo(1);
        assertThat(RULE.withLive(tally, 22).held()).isEqualTo(2);
    }

    @Test
    void shouldNeverQuarantineWhatMatchesSeldom() {
        var tally = MatchTally.NONE;
        for (int arrival = 1; arrival <= 10_000; arrival += 5) {
            tally = RULE.withLive(tally, arrival);
            assertThat(tally.isQuarantined()).as("at %d", arrival).isFalse();
        }
    }

    @Test
    void shouldReleaseWhatMatchesHalfAsOftenAgain() {
        var tally = MatchTally.NONE;
        for (int arrival = 1; arrival <= 40; arrival++) {
            tally = RULE.withLive(tally, arrival);
        }
        long held = tally.held();
        assertThat(held).isEqualTo(20);
        for (int arrival = 40 + 11; tally.isQuarantined(); arrival += 11) {
            assertThat(arrival).as("still quarantined").isLessThan(400);
            tally = RULE.withLive(tally, arrival);
        }
        assertThat(tally.held()).as("those held since are counted too").isGreaterThan(held);
    }

    @Test
    void shouldJudgeEarlierUploadsByTheirShareOfThoseSearched() {
        var most = new PendingSearch(1_000, 0, 1_000, 200);
        var tooMany = new PendingSearch(1_000, 0, 1_000, 201);
        assertThat(RULE.withEarlier(MatchTally.NONE, most).isQuarantined()).isFalse();
        assertThat(RULE.withEarlier(MatchTally.NONE, tooMany).isQuarantined()).isTrue();
    }

    @Test
    void shouldLeaveAloneWhereItIsTurnedOff() {
        var off = new FloodRule(1, 100);
        var tally = MatchTally.NONE;
        for (int arrival = 1; arrival <= 1_000; arrival++) {
            tally = off.withLive(tally, arrival);
        }
        assertThat(tally.isQuarantined()).isFalse();
        assertThat(off.withEarlier(tally, new PendingSearch(9, 0, 9, 9)).isQuarantined())
                .isFalse();
    }
}
