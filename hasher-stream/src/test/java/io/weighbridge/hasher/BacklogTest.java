package io.weighbridge.hasher;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class BacklogTest {

    private final Backlog backlog = new Backlog();

    @Test
    void shouldKnowItsSizeAndItsOldest() {
        var now = Instant.ofEpochSecond(100);
        assertThat(backlog.oldestAge(now)).isEqualTo(Duration.ZERO);
        backlog.add(90_000);
        backlog.add(40_500);
        backlog.add(40_900);

        assertThat(backlog.size()).isEqualTo(3);
        assertThat(backlog.oldestAge(now)).isEqualTo(Duration.ofSeconds(60));
        backlog.remove(40_500);
        assertThat(backlog.oldestAge(now)).isEqualTo(Duration.ofSeconds(60));
        backlog.remove(40_900);
        assertThat(backlog.oldestAge(now)).isEqualTo(Duration.ofSeconds(10));
        backlog.remove(90_000);
        assertThat(backlog.size()).isZero();
        assertThat(backlog.oldestAge(now)).isEqualTo(Duration.ZERO);
    }
}
