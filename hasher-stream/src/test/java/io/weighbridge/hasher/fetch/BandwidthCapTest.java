package io.weighbridge.hasher.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class BandwidthCapTest {

    private static final long SECOND = 1_000_000_000;

    @Test
    void shouldLetASecondsBytesThroughAndMakeTheRestWait() {
        var cap = new BandwidthCap(1000, new Closing());
        long now = System.nanoTime() + SECOND;

        assertThat(cap.waitAfter(1000, now)).isEqualTo(Duration.ZERO);
        assertThat(cap.waitAfter(500, now)).isEqualTo(Duration.ofMillis(500));
        assertThat(cap.waitAfter(500, now)).isEqualTo(Duration.ofMillis(1000));
        assertThat(cap.waitAfter(0, now + SECOND)).isEqualTo(Duration.ZERO);
        assertThat(cap.waitAfter(1001, now + 100 * SECOND)).isEqualTo(Duration.ofMillis(1));
    }

    @Test
    void shouldNotWaitWithoutACap() throws Exception {
        var cap = new BandwidthCap(0, new Closing());
        long started = System.nanoTime();
        cap.take(Integer.MAX_VALUE);

        assertThat(System.nanoTime() - started).isLessThan(SECOND);
    }

    @Test
    void shouldNotWaitOnceTheFetcherIsClosed() {
        var closing = new Closing();
        closing.begin();

        assertThatThrownBy(() -> new BandwidthCap(1, closing).take(1_000_000)).isInstanceOf(InterruptedException.class);
    }
}
