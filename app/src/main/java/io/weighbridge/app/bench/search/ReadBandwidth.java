package io.weighbridge.app.bench.search;

import java.util.Arrays;

/** How fast one thread reads memory: the sum of more numbers than any cache holds. */
final class ReadBandwidth {

    static final long BYTES = 512L << 20;

    private static final int ARRAY = 1 << 20;

    private final long[][] numbers = new long[(int) (BYTES / Long.BYTES / ARRAY)][ARRAY];

    /** Written so that the compiler cannot leave the work out. */
    private volatile long result;

    ReadBandwidth() {
        for (int i = 0; i < numbers.length; i++) {
            Arrays.fill(numbers[i], i);
        }
    }

    /** Reads all of it once. */
    void read() {
        long sum = 0;
        for (long[] array : numbers) {
            sum += sum(array);
        }
        result = sum;
    }

    /** Four sums at a time, so that none waits for another. */
    private static long sum(long[] x) {
        long a = 0, b = 0, c = 0, d = 0;
        for (int i = 0; i < x.length - 3; i += 4) {
            a += x[i];
            b += x[i + 1];
            c += x[i + 2];
            d += x[i + 3];
        }
        return a + b + c + d;
    }
}
