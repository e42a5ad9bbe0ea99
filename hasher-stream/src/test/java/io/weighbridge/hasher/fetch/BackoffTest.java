package io.weighbridge.hasher.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BackoffTest {

    private static final Duration FIRST = Duration.ofMillis(500);

    @Test
    void shouldDoubleItsCeilingUpToAMinute() {
        var backoff = new Backoff(FIRST, new Random(1));

        assertThat(IntStream.of(1, 2, 3, 7, 8, 1_000_000)
                        .mapToObj(backoff::ceiling)
                        .map(Duration::toMillis))
                .containsExactly(500L, 1000L, 2000L, 32_000L, 60_000L, 60_000L);
    }

    @Test
    void shouldDrawTheWholeOfTheWaitAndTheSameFromTheSameSeed() {
        var backoff = new Backoff(FIRST, new Random(7));
        var again = new Backoff(FIRST, new Random(7));
        var waits = IntStream.range(0, 1000).mapToObj(i -> backoff.after(2)).toList();

        assertThat(waits)
                .isEqualTo(
                        IntStream.range(0, 1000).mapToObj(i -> again.after(2)).toList());
        assertThat(waits).allMatch(wait -> !wait.isNegative() && wait.toMillis() < 1000);
        assertThat(waits.stream().filter(wait -> wait.toMillis() < 500).count()).isBetween(400L, 600L);
        assertThat(waits).anyMatch(wait -> wait.toMillis() < 50).anyMatch(wait -> wait.toMillis() > 950);
    }
}
