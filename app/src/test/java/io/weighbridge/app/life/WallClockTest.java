package io.weighbridge.app.life;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class WallClockTest {

    private static final Duration HOUR = Duration.ofHours(1);

    private Duration wall = Duration.ofDays(20_000);
    private Duration monotonic = Duration.ofDays(-3);
    private final WallClock clock = new WallClock(() -> wall.toMillis(), () -> monotonic.toNanos());

    @Test
    void shouldBeSilentWhileTimeGoesOn() {
        pass(Duration.ofSeconds(1));
        assertThat(clock.setBack()).isEmpty();
        pass(HOUR);
        assertThat(clock.setBack()).isEmpty();
    }

    @Test
    void shouldTellByHowMuchItWasSetBack() {
        pass(Duration.ofSeconds(1));
        wall = wall.minus(HOUR);

        assertThat(clock.setBack()).contains(HOUR);
        assertThat(clock.setBack()).as("told once").isEmpty();
    }

    @Test
    void shouldTellWhenWhatWasAheadIsPutRight() {
        wall = wall.plus(HOUR);
        assertThat(clock.setBack()).as("ahead").isEmpty();
        wall = wall.minus(HOUR);
        assertThat(clock.setBack()).as("put right").contains(HOUR);
    }

    @Test
    void shouldOverlookWhatClientsCatchUpWith() {
        wall = wall.minus(WallClock.MOST_BACK);
        assertThat(clock.setBack()).isEmpty();
        wall = wall.minus(WallClock.MOST_BACK).minusMillis(1);
        assertThat(clock.setBack()).contains(WallClock.MOST_BACK.plusMillis(1));
    }

    @Test
    void shouldEndWhatRunsOnAClockThatWasSetBack() throws Exception {
        var bounds = new AtomicInteger();
        var shutdown = new Shutdown(clock, bounds::incrementAndGet);
        wall = wall.minus(HOUR);

        assertThat(shutdown.awaitDeath(() -> true, () -> "died"))
                .isEqualTo(
                        "the clock of this machine was set back by 3600 s, for which Kafka's clients would stand still;"
                                + " start again");
        assertThat(bounds).as("closing is bounded").hasValue(1);
        assertThat(shutdown.awaitDeath(() -> false, () -> "died")).isEqualTo("died");
        assertThat(bounds).hasValue(1);
    }

    @Test
    void shouldTellThoseWhoRunALoopOfTheirOwn() {
        var bounds = new AtomicInteger();
        var shutdown = new Shutdown(clock, bounds::incrementAndGet);
        assertThat(shutdown.needed()).isEmpty();
        wall = wall.minus(HOUR);

        assertThat(shutdown.needed()).hasValueSatisfying(why -> assertThat(why).contains("set back by 3600 s"));
        assertThat(bounds).hasValue(1);
        assertThat(shutdown.needed()).isEmpty();
    }

    private void pass(Duration time) {
        wall = wall.plus(time);
        monotonic = monotonic.plus(time);
    }
}
