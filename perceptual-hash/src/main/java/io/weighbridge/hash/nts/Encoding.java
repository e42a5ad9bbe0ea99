package io.weighbridge.hash.nts;

import java.util.Arrays;

/** How the statistics of the segments become bits. */
public enum Encoding {
    /** One bit a segment: above the median of all segments, or not. */
    MEDIAN(1) {
        @Override
        void encode(double[] statistics, double[] sorted, long[] words) {
            double median = sorted[(sorted.length - 1) / 2];
            for (int i = 0; i < statistics.length; i++) {
                set(words, i, statistics[i] > median);
            }
        }
    },
    /** Two bits a segment, so that neighbouring quarters differ in one: above the median, and in one of the two middle quarters. */
    QUARTILES(2) {
        @Override
        void encode(double[] statistics, double[] sorted, long[] words) {
            double low = sorted[(sorted.length - 1) / 4];
            double median = sorted[(sorted.length - 1) / 2];
            double high = sorted[(sorted.length - 1) * 3 / 4];
            for (int i = 0; i < statistics.length; i++) {
                set(words, 2 * i, statistics[i] > median);
                set(words, 2 * i + 1, statistics[i] > low && statistics[i] <= high);
            }
        }
    };

    private final int bitsPerSegment;

    Encoding(int bitsPerSegment) {
        this.bitsPerSegment = bitsPerSegment;
    }

    int bitsPerSegment() {
        return bitsPerSegment;
    }

    /** The words of the code. */
    long[] encode(double[] statistics) {
        double[] sorted = statistics.clone();
        Arrays.sort(sorted);
        var words = new long[statistics.length * bitsPerSegment / Long.SIZE];
        encode(statistics, sorted, words);
        return words;
    }

    abstract void encode(double[] statistics, double[] sorted, long[] words);

    private static void set(long[] words, int bit, boolean value) {
        if (value) {
            words[bit / Long.SIZE] |= Long.MIN_VALUE >>> (bit % Long.SIZE);
        }
    }
}
