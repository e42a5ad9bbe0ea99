package io.weighbridge.app.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** How long one thing took, over several rounds, by wall time. */
public record Timing(String name, long minNanos, long medianNanos) {

    /** Warms up for that time, of which each contender has its share, and at least one run of each, then runs the given number of rounds; each runs all contenders, so that a busy moment hits all alike. */
    public static List<Timing> of(List<Contender> contenders, int rounds, Duration warmUp) throws IOException {
        warmUp(contenders, warmUp);
        var nanos = new long[contenders.size()][rounds];
        for (int round = 0; round < rounds; round++) {
            for (int i = 0; i < nanos.length; i++) {
                nanos[i][round] = contenders.get(i).run().nanos();
            }
        }
        var timings = new ArrayList<Timing>();
        for (int i = 0; i < nanos.length; i++) {
            timings.add(of(contenders.get(i).name(), nanos[i]));
        }
        return timings;
    }

    /** One after the other: a single round of a small network is over before the compiler is done, and a slow contender would take all the time. */
    private static void warmUp(List<Contender> contenders, Duration atLeast) throws IOException {
        for (var contender : contenders) {
            long start = System.nanoTime();
            do {
                contender.run().nanos();
            } while (System.nanoTime() - start < atLeast.toNanos() / contenders.size());
        }
    }

    static Timing of(String name, long[] nanos) {
        long[] sorted = nanos.clone();
        Arrays.sort(sorted);
        long median = (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
        return new Timing(name, sorted[0], median);
    }
}
