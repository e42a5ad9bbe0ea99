package io.weighbridge.hasher.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class StridedTensorTest {

    /** The numbers 0, 1, 2 ..., and what was asked of them. */
    private static final class Counted implements TensorData {

        private final long numbers;
        private final List<Integer> counts = new ArrayList<>();

        Counted(long numbers) {
            this.numbers = numbers;
        }

        @Override
        public void read(long from, int count, float[] target, int at) {
            assertThat(from).isBetween(0L, numbers - count);
            counts.add(count);
            for (int i = 0; i < count; i++) {
                target[at + i] = from + i;
            }
        }
    }

    @Test
    void shouldReadAnyRunOfAnyPermutation() throws IOException {
        for (int seed = 0; seed < 3000; seed++) {
            var random = new Random(seed);
            var shape = random.longs(2 + random.nextInt(4), 1, 8).toArray();
            var order = new ArrayList<Integer>();
            for (int axis = 0; axis < shape.length; axis++) {
                order.add(axis);
            }
            Collections.shuffle(order, random);
            var strides = new long[shape.length];
            for (int k = 0; k < strides.length; k++) {
                strides[k] = numbers(Arrays.copyOfRange(shape, order.get(k) + 1, shape.length));
            }
            var sizes = order.stream().mapToLong(axis -> shape[axis]).toArray();
            check(seed, random, sizes, strides);
        }
    }

    @Test
    void shouldReadAnyRunOfAnyStrides() throws IOException {
        for (int seed = 0; seed < 3000; seed++) {
            var random = new Random(seed);
            int rank = 2 + random.nextInt(4);
            check(
                    seed,
                    random,
                    random.longs(rank, 1, 7).toArray(),
                    random.longs(rank, 0, 30).toArray());
        }
    }

    /** 64 inputs of 4096 outputs. */
    @Test
    void shouldReadWideSlabsOfATransposedMatrixRunByRun() throws IOException {
        var source = new Counted(64 * 4096);
        source.permuted(new long[] {64, 4096}, 1, 0).read(0, 512 * 64, new float[512 * 64], 0);
        assertThat(source.counts).hasSize(64).containsOnly(512);
    }

    /** 30,000 inputs of 100 outputs: a run of one number is not worth a call. */
    @Test
    void shouldReadThinSlabsOfATransposedMatrixInLargePieces() throws IOException {
        var source = new Counted(30_000 * 100);
        source.permuted(new long[] {30_000, 100}, 1, 0).read(30_000, 30_000, new float[30_000], 0);
        assertThat(source.counts).hasSize(12).allMatch(count -> count <= 1 << 18);
    }

    @Test
    void shouldReadStraightThroughWhatLiesInOrder() throws IOException {
        var source = new Counted(1 << 22);
        source.permuted(new long[] {1 << 10, 1 << 6, 1 << 6}, 0, 1, 2).read(7, 1 << 21, new float[1 << 21], 0);
        assertThat(source.counts.stream().mapToInt(Integer::intValue).sum()).isEqualTo(1 << 21);
        assertThat(source.counts).hasSizeLessThan(8);
    }

    /** Compares runs of random places, in pieces of random size, with the definition. */
    private static void check(int seed, Random random, long[] sizes, long[] strides) throws IOException {
        var expected = gather(sizes, strides);
        float last = 0;
        for (float number : expected) {
            last = Math.max(last, number);
        }
        var source = new Counted((long) last + 1);
        var limits = new PieceLimits(1 + random.nextInt(200), random.nextInt(20));
        int from = random.nextInt(expected.length);
        int count = 1 + random.nextInt(expected.length - from);
        var target = new float[count + 4];
        Arrays.fill(target, -1);
        new StridedTensor(source, sizes, strides, limits).read(from, count, target, 2);
        var what = "seed " + seed + ": " + Arrays.toString(sizes) + " by " + Arrays.toString(strides) + ", " + count
                + " from " + from + ", " + limits;
        assertThat(Arrays.copyOfRange(target, 2, count + 2))
                .as(what)
                .isEqualTo(Arrays.copyOfRange(expected, from, from + count));
        assertThat(new float[] {target[0], target[1], target[count + 2], target[count + 3]})
                .as(what)
                .containsOnly(-1);
        assertThat(source.counts).as(what).allMatch(length -> length <= Math.max(limits.maxNumbers(), count));
    }

    /** The numbers of a view in row-major order: the definition. */
    private static float[] gather(long[] sizes, long[] strides) {
        var out = new float[(int) numbers(sizes)];
        for (int i = 0; i < out.length; i++) {
            long rest = i;
            for (int axis = sizes.length - 1; axis >= 0; axis--) {
                out[i] += rest % sizes[axis] * strides[axis];
                rest /= sizes[axis];
            }
        }
        return out;
    }

    private static long numbers(long[] sizes) {
        return Arrays.stream(sizes).reduce(1, (a, b) -> a * b);
    }
}
