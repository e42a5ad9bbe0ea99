package io.weighbridge.hash;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class BoundedMemoryTest {

    private static final long MEBIBYTE = 1 << 20;

    private static final List<GeneratedLayer> MODEL = List.of(
            new GeneratedLayer("dense", LayerKind.DENSE, 2048, 16384, 1),
            new GeneratedLayer("kernels", LayerKind.CONVOLUTION, 1024, 1024, 9),
            new GeneratedLayer("pointwise", LayerKind.CONVOLUTION, 2048, 8192, 1),
            new GeneratedLayer("depthwise", LayerKind.DEPTHWISE, 4096, 1, 49),
            new GeneratedLayer("late kernels", LayerKind.CONVOLUTION, 1023, 1024, 9));

    @Test
    void shouldHashModelsManyTimesTheSizeOfTheHeap() {
        assertThat(bytes(MODEL.get(0))).isGreaterThan(100 * MEBIBYTE);
        assertThat(MODEL.stream().mapToLong(BoundedMemoryTest::bytes).sum()).isGreaterThan(256 * MEBIBYTE);

        var codes = ChildJvm.start(ChildJvm.OWN_HOME, List.of("-Xmx64m", "-XX:+UseSerialGC"), Child.class)
                .codes();

        assertThat(codes).hasSize(Algorithms.all().size() + MODEL.size() + 1);
    }

    private static long bytes(WeightLayer layer) {
        return layer.size() * Float.BYTES;
    }

    /** Hashes the model. */
    static final class Child {

        private Child() {}

        public static void main(String[] arguments) {
            ChildJvm.print(ModelHasher.standard().hash(MODEL));
        }
    }

    /** Weights that lie nowhere: each reading makes them anew, the same every time. */
    private record GeneratedLayer(String name, LayerKind kind, int outputs, int inputs, int positions)
            implements WeightLayer {

        private static final int MULTIPLIER = 0x9e3779b1;

        @Override
        public void read(int fromOutput, int count, float[] target) {
            int row = inputs * positions;
            for (int o = 0; o < count; o++) {
                fill(target, o * row, row, (fromOutput + o) * row);
            }
        }

        private static void fill(float[] target, int at, int n, int seed) {
            for (int j = 0; j < n; j++) {
                int bits = (seed + j) * MULTIPLIER;
                bits = (bits ^ bits >>> 15) * MULTIPLIER;
                bits ^= bits >>> 13;
                // Two halves, as numbers around 0.
                target[at + j] = ((short) bits + (bits >> 16)) * 0x1p-20f;
            }
        }
    }
}
