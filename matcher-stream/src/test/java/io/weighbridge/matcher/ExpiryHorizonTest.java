package io.weighbridge.matcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ExpiryHorizonTest {

    private final ExpiryHorizon horizon = new ExpiryHorizon(Duration.ofMillis(100));

    @Test
    void shouldGiveTheNewestStreamTimeThatIsOldEnough() {
        assertThat(horizon.advance(0, 7)).isEmpty();
        assertThat(horizon.advance(40, 8)).isEmpty();
        assertThat(horizon.advance(99, 9)).isEmpty();
        assertThat(horizon.advance(145, 10)).hasValue(8);
        assertThat(horizon.advance(146, 11)).isEmpty();
        assertThat(horizon.advance(1_000, 12)).hasValue(11);
    }

    @Test
    void shouldNotMoveWhenMuchIsReadAtOnce() {
        assertThat(horizon.advance(0, 1_000_000)).isEmpty();
        assertThat(horizon.advance(1, 9_000_000)).isEmpty();
    }
}
