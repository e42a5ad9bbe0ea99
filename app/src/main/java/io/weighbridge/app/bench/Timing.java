package io.weighbridge.app.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** How long one thing took, over several rounds, by wall time. */
public record Timing(String name, long minNanos, long medianNanos) {

    /** One round to warm up, then the given number; each runs all contenders, so that a busy moment hits all alike. */
    static List<Timing> of(List<Contender> contenders, int rounds) throws IOException {
        var nanos = new long[contenders.size()][rounds];
        for (int round = -1; round < rounds; round++) {
            for (int i = 0; i < nanos.length; i++) {
                long taken = contenders.get(i).run().nanos();
                if (round >= 0) {
                    nanos[i][round] = taken;
                }
            }
        }
        var timings = new ArrayList<Timing>();
        for (int i = 0; i < nanos.length; i++) {
            timings.add(of(contenders.get(i).name(), nanos[i]));
        }
        return timings;
    }

    static Timing of(String name, long[] nanos) {
        long[] sorted = nanos.clone();
        Arrays.sort(sorted);
        long median = (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
        return new Timing(name, sorted[0], median);
    }
}
