package io.weighbridge.app.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Other systems have one loopback address only. */
@EnabledOnOs(OS.LINUX)
class FetchBenchmarkTest {

    private static final long SLOW_MILLIS = 6_000;

    @Test
    void shouldNotLetSlowHostsAndBackfillHoldUpLiveUploads() throws Exception {
        var figures = FetchBenchmark.run(SLOW_MILLIS, Map.of("weighbridge.scan.threads", "32"));

        assertThat(figures)
                .extracting(FetchFigures::what)
                .containsExactly(
                        "live, fast hosts alone",
                        "live, fast hosts among slow ones",
                        "live, slow hosts",
                        "live, fast hosts, behind a backfill",
                        "backfill, slow and fast hosts");
        long slowest = TimeUnit.MILLISECONDS.toNanos(SLOW_MILLIS);
        assertThat(figures.get(1).medianNanos()).as("among slow ones").isLessThan(slowest);
        assertThat(figures.get(2).medianNanos()).as("slow hosts are slow").isGreaterThan(slowest * 8 / 10);
        assertThat(figures.get(3).medianNanos()).as("behind a backfill").isLessThan(slowest);
    }

    @Test
    void shouldTellMedianAndTail() {
        var nanos = new long[100];
        for (int i = 0; i < nanos.length; i++) {
            nanos[i] = 100 - i;
        }

        assertThat(FetchFigures.of("x", nanos)).isEqualTo(new FetchFigures("x", 100, 50, 95, 100));
    }
}
