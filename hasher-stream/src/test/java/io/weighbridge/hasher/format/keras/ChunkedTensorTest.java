package io.weighbridge.hasher.format.keras;

import static org.assertj.core.api.Assertions.assertThat;

import io.jhdf.HdfFile;
import io.jhdf.api.DatasetCreationOptions;
import io.weighbridge.hasher.format.ModelBytes;
import io.weighbridge.hasher.format.ReadLimits;
import io.weighbridge.hasher.format.TensorData;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChunkedTensorTest {

    @TempDir
    private Path folder;

    /** Kernels [3, 3, inputs, outputs] to [outputs, inputs, 3, 3] from chunks of every shape, those at the edges cut off. */
    @Test
    void shouldReadAnyRunOfAKernel() throws IOException {
        for (int seed = 0; seed < 60; seed++) {
            var random = new Random(seed);
            int[] shape = {1 + random.nextInt(3), 1 + random.nextInt(3), 1 + random.nextInt(30), 1 + random.nextInt(40)
            };
            var chunk =
                    Arrays.stream(shape).map(size -> 1 + random.nextInt(size)).toArray();
            var kernel = new float[shape[0]][shape[1]][shape[2]][shape[3]];
            var expected = new float[shape[0] * shape[1] * shape[2] * shape[3]];
            for (int i = 0; i < expected.length; i++) {
                int position = i % (shape[0] * shape[1]);
                int input = i / (shape[0] * shape[1]) % shape[2];
                expected[i] = random.nextFloat();
                kernel[position / shape[1]][position % shape[1]][input][i / (shape[0] * shape[1] * shape[2])] =
                        expected[i];
            }
            var what = "seed " + seed + ": " + Arrays.toString(shape) + " in chunks of " + Arrays.toString(chunk);
            var path = write(kernel, random, chunk);
            expectRuns(what, path, data -> data.permuted(longs(shape), 3, 2, 0, 1), expected);
        }
    }

    /** A matrix [3 positions x 4 channels, outputs] to [outputs, 4 channels x 3 positions]. */
    @Test
    void shouldReadAMatrixBehindAFlattenedImage() throws IOException {
        for (int seed = 0; seed < 60; seed++) {
            var random = new Random(seed);
            int outputs = 1 + random.nextInt(50);
            var matrix = new float[12][outputs];
            var expected = new float[12 * outputs];
            for (int i = 0; i < expected.length; i++) {
                expected[i] = random.nextFloat();
                matrix[i % 3 * 4 + i / 3 % 4][i / 12] = expected[i];
            }
            int[] chunk = {1 + random.nextInt(12), 1 + random.nextInt(outputs)};
            var what = "seed " + seed + ": " + outputs + " outputs in chunks of " + Arrays.toString(chunk);
            var path = write(matrix, random, chunk);
            expectRuns(what, path, data -> data.permuted(new long[] {3, 4, outputs}, 2, 1, 0), expected);
        }
    }

    /** Writes a dataset in chunks, compressed or not. */
    private Path write(Object numbers, Random random, int[] chunk) {
        var options = DatasetCreationOptions.builder().chunkDimensions(chunk);
        if (random.nextBoolean()) {
            options = options.shuffle().deflate();
        }
        var path = folder.resolve("chunks.h5");
        try (var file = HdfFile.write(path)) {
            file.putDataset("weights", numbers, options.build());
        }
        return path;
    }

    private static void expectRuns(String what, Path path, View view, float[] expected) throws IOException {
        try (var file = ModelBytes.open(path, Duration.ofMinutes(1))) {
            var channel = new BoundedChannel(file);
            var dataset = BoundedStorage.open(channel).getDatasetByPath("weights");
            var data = new Hdf5Tensor("weights", dataset).data(channel, ReadLimits.STANDARD);
            assertThat(data).as(what).isInstanceOf(ChunkedTensor.class);
            var tensor = view.of(data);
            for (int i = 0; i < 8; i++) {
                int from = i * expected.length / 16;
                int count = i == 0 ? expected.length : expected.length / 2;
                var run = new float[count + 2];
                tensor.read(from, count, run, 1);
                var wanted = new float[count + 2];
                System.arraycopy(expected, from, wanted, 1, count);
                assertThat(run).as("%s, %d from %d", what, count, from).isEqualTo(wanted);
            }
        }
    }

    private static long[] longs(int[] sizes) {
        return Arrays.stream(sizes).asLongStream().toArray();
    }

    @FunctionalInterface
    private interface View {
        TensorData of(TensorData stored);
    }
}
