package io.weighbridge.hash.nts;

import java.util.Arrays;

/**
 * Cuts a stream of numbers of known length into contiguous segments of equal count and takes the statistic of each. Only one segment's
 * sample is held: of more than {@value #MAX_SAMPLE} numbers, that many at equal steps stand for the segment, because most tests sort, and
 * Shapiro-Wilk is defined for some thousands only.
 */
final class Segments {

    static final int MAX_SAMPLE = 4096;

    private final NormalityTest test;
    private final long total;
    private final double[] statistics;
    private final double[] sample = new double[MAX_SAMPLE];
    private int segment;
    private int sampled;
    private long position;
    private long start;
    private long end;
    private long nextSample;

    Segments(NormalityTest test, int segments, long total) {
        this.test = test;
        this.total = total;
        this.statistics = new double[segments];
        open();
    }

    /** Takes the next {@code count} numbers. */
    void accept(float[] numbers, int count) {
        long first = position;
        position += count;
        while (nextSample < position || end < position) {
            if (nextSample < Math.min(end, position)) {
                sample[sampled++] = numbers[(int) (nextSample - first)];
                nextSample = start + Math.max(sampled, sampled * (end - start) / MAX_SAMPLE);
            } else {
                close();
            }
        }
    }

    /** The statistic of every segment, once all numbers were taken. */
    double[] statistics() {
        while (segment < statistics.length) {
            close();
        }
        return statistics;
    }

    private void open() {
        start = total * segment / statistics.length;
        end = total * (segment + 1) / statistics.length;
        nextSample = start;
        sampled = 0;
    }

    private void close() {
        statistics[segment++] = test.statistic(sampled == MAX_SAMPLE ? sample : Arrays.copyOf(sample, sampled));
        if (segment < statistics.length) {
            open();
        }
    }
}
