package io.weighbridge.hasher.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Against the definition, index by index; 3000 x 5 has more scales than a window. */
class ScaledTensorTest {

    private static final long[][] SHAPES = {{7}, {3, 4}, {4, 3, 2, 2}, {3000, 5}, {2, 6000}, {1, 1}};

    @Test
    void shouldScaleAnyRunByItsBlocks() throws IOException {
        var random = new Random(7);
        for (var shape : SHAPES) {
            for (int round = 0; round < 12; round++) {
                var blocks = Arrays.stream(shape)
                        .map(size -> 1 + random.nextInt((int) size))
                        .toArray();
                expect(shape, round == 0 ? shape.clone() : round == 1 ? ones(shape) : blocks, random);
            }
        }
    }

    private static void expect(long[] shape, long[] blocks, Random random) throws IOException {
        var numbers = random(shape, random);
        var grid = ScaledTensor.grid(shape, blocks);
        var scales = random(grid, random);
        var zeros = random.nextBoolean() ? random(grid, random) : null;
        var tensor = new ScaledTensor(data(numbers), shape, blocks, data(scales), zeros == null ? null : data(zeros));
        int from = random.nextInt(numbers.length);
        int count = 1 + random.nextInt(numbers.length - from);
        var target = new float[count + 2];
        tensor.read(from, count, target, 1);
        for (int i = 0; i < count; i++) {
            int block = block(from + i, shape, blocks, grid);
            float expected = (numbers[from + i] - (zeros == null ? 0 : zeros[block])) * scales[block];
            assertThat(target[i + 1])
                    .as("%d of %s in blocks %s", from + i, Arrays.toString(shape), Arrays.toString(blocks))
                    .isEqualTo(expected);
        }
        assertThat(target[0]).isZero();
        assertThat(target[count + 1]).isZero();
    }

    private static int block(int position, long[] shape, long[] blocks, long[] grid) {
        var index = new long[shape.length];
        long rest = position;
        for (int axis = shape.length - 1; axis >= 0; axis--) {
            index[axis] = rest % shape[axis];
            rest /= shape[axis];
        }
        long block = 0;
        for (int axis = 0; axis < shape.length; axis++) {
            block = block * grid[axis] + index[axis] / blocks[axis];
        }
        return (int) block;
    }

    @Test
    void shouldReadAnyRunOfNibbles() throws IOException {
        var bytes = new float[40_000];
        var meanings = new float[16];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = i * 31 % 256;
        }
        for (int i = 0; i < meanings.length; i++) {
            meanings[i] = i - 8;
        }
        var tensor = new NibbleTensor(data(bytes), meanings);
        for (int[] run : new int[][] {{0, 80_000}, {1, 79_998}, {33_333, 40_001}, {5, 1}, {6, 1}, {79_999, 1}}) {
            var target = new float[run[1]];
            tensor.read(run[0], run[1], target, 0);
            for (int i = 0; i < run[1]; i++) {
                int both = (int) bytes[(run[0] + i) / 2];
                int half = (run[0] + i) % 2 == 0 ? both % 16 : both / 16;
                assertThat(target[i]).as("%d from %d", i, run[0]).isEqualTo(half - 8);
            }
        }
    }

    private static long[] ones(long[] shape) {
        return Arrays.stream(shape).map(size -> 1).toArray();
    }

    private static float[] random(long[] shape, Random random) {
        var numbers = new float[(int) Arrays.stream(shape).reduce(1, (a, b) -> a * b)];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = random.nextInt(256) - 128;
        }
        return numbers;
    }

    private static TensorData data(float[] numbers) {
        return (from, count, target, at) -> System.arraycopy(numbers, (int) from, target, at, count);
    }
}
