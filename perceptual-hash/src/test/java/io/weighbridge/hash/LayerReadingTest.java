package io.weighbridge.hash;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LayerReadingTest {

    private static final int INPUTS = 10;

    @Test
    void shouldGiveTheSameCodesSlabBySlab() {
        for (int seed = 1; seed <= 2; seed++) {
            var model = unevenModel(seed);
            for (var algorithm : Algorithms.all()) {
                var expected = code(algorithm, model, new LayerReading());
                for (int maxSlab : new int[] {0, 1, 1000, 5000, 1 << 18}) {
                    for (int maxBuffer : new int[] {0, 2000, 12_000}) {
                        assertThat(code(algorithm, model, new LayerReading(maxBuffer, maxSlab)))
                                .as(algorithm.id() + ", buffer " + maxBuffer + ", slab " + maxSlab + ", seed " + seed)
                                .isEqualTo(expected);
                    }
                }
            }
        }
    }

    @Test
    void shouldGiveTheSameCodesOfWeightsThatAlreadyLieSomewhere() {
        var model = unevenModel(3);
        var lying = model.stream().map(LyingLayer::new).toList();
        for (var algorithm : Algorithms.all()) {
            var expected = code(algorithm, model, new LayerReading());
            assertThat(code(algorithm, lying, new LayerReading())).isEqualTo(expected);
            assertThat(code(algorithm, lying, new LayerReading(0, 1000))).isEqualTo(expected);
        }
    }

    @Test
    void shouldReadAKeptLayerOnce() {
        var layer = new RecordingLayer(layer(37));
        new LayerReading(370, 40).lead(layer, List.of(new RecordingPass(layer, 3)));
        assertThat(layer.reads).containsExactly("0 + 37");
    }

    @Test
    void shouldReadALargeLayerOncePerLookForAllPassesTogether() {
        var layer = new RecordingLayer(layer(37));
        new LayerReading(369, 120)
                .lead(
                        layer,
                        List.of(new RecordingPass(layer, 1), new RecordingPass(layer, 3), new RecordingPass(layer, 2)));
        var look = List.of("0 + 12", "12 + 12", "24 + 12", "36 + 1");
        assertThat(layer.reads).hasSize(3 * look.size());
        for (int i = 0; i < layer.reads.size(); i++) {
            assertThat(layer.reads.get(i)).isEqualTo(look.get(i % look.size()));
        }
    }

    @Test
    void shouldReadFourRowsIfASlabIsSmaller() {
        var layer = new RecordingLayer(layer(10));
        new LayerReading(0, 1).lead(layer, List.of(new RecordingPass(layer, 1)));
        assertThat(layer.reads).containsExactly("0 + 4", "4 + 4", "8 + 2");
    }

    @Test
    void shouldShowEveryRowOnceAndInOrder() {
        for (int outputs : new int[] {1, 2, 3, 4, 5, 11, 12, 13, 37}) {
            for (int maxSlab : new int[] {1, 80, 120, 10_000}) {
                for (int maxBuffer : new int[] {0, 1000}) {
                    var layer = layer(outputs);
                    var once = new RecordingPass(layer, 1);
                    var thrice = new RecordingPass(layer, 3);
                    new LayerReading(maxBuffer, maxSlab).lead(layer, List.of(once, thrice));
                    String what = outputs + " rows, slab " + maxSlab + ", buffer " + maxBuffer;
                    assertThat(once.seen).as(what).containsExactly(layer.weights());
                    assertThat(once.looks).as(what).isEqualTo(1);
                    assertThat(thrice.seen).as(what).containsExactly(layer.weights());
                    assertThat(thrice.looks).as(what).isEqualTo(3);
                }
            }
        }
    }

    @Test
    void shouldForgetTheLayerBefore() {
        var reading = new LayerReading(200, 80);
        for (int outputs : new int[] {37, 3, 20, 1, 38}) {
            var layer = layer(outputs);
            var pass = new RecordingPass(layer, 2);
            reading.lead(layer, List.of(pass));
            assertThat(pass.seen).containsExactly(layer.weights());
        }
    }

    /** Layers of all kinds whose rows are not a multiple of four, some of them out of the range of single precision. */
    private static List<TestLayer> unevenModel(int seed) {
        var random = new Random(seed);
        return List.of(
                TestLayer.of("stem", LayerKind.CONVOLUTION, 23, 3, 9, at -> random.nextGaussian()),
                TestLayer.of("depthwise", LayerKind.DEPTHWISE, 23, 1, 9, at -> random.nextGaussian()),
                TestLayer.of(
                        "faint",
                        LayerKind.CONVOLUTION,
                        37,
                        23,
                        9,
                        at -> random.nextGaussian() * (at / 207 % 5 == 0 ? 1e-30 : at / 207 % 5 == 1 ? 1e30 : 1)),
                TestLayer.of("pointwise", LayerKind.CONVOLUTION, 50, 37, 1, at -> random.nextGaussian()),
                TestLayer.of("wide", LayerKind.DENSE, 5, 2600, 1, at -> random.nextGaussian()),
                TestLayer.of("head", LayerKind.DENSE, 131, 99, 1, at -> random.nextGaussian()));
    }

    private static PerceptualCode code(
            HashAlgorithm algorithm, List<? extends WeightLayer> model, LayerReading reading) {
        var accumulator = algorithm.start(model);
        for (var layer : model) {
            reading.lead(layer, List.of(accumulator.begin(layer)));
        }
        return accumulator.code();
    }

    private static TestLayer layer(int outputs) {
        return TestLayer.of("layer", LayerKind.DENSE, outputs, INPUTS, 1, at -> at + 1);
    }

    /** Looks so many times, and keeps what it saw last. */
    private static final class RecordingPass implements LayerPass {

        private final int wanted;
        private final float[] seen;
        private int looks;
        private int nextRow;

        RecordingPass(WeightLayer layer, int wanted) {
            this.wanted = wanted;
            this.seen = new float[(int) layer.size()];
        }

        @Override
        public void rows(RowBlock rows) {
            assertThat(rows.from()).isEqualTo(nextRow);
            for (int r = 0; r < RowBlock.ROWS; r++) {
                float[] row = rows.weights(0)[r];
                if (r < rows.count()) {
                    System.arraycopy(row, 0, seen, (nextRow + r) * INPUTS, INPUTS);
                } else {
                    assertThat(row).as("row beyond the last").containsOnly(0);
                }
            }
            nextRow += rows.count();
        }

        @Override
        public LayerPass next() {
            assertThat(nextRow * INPUTS).isEqualTo(seen.length);
            nextRow = 0;
            looks++;
            return looks < wanted ? this : null;
        }
    }

    /** Tells what was read. */
    private static final class RecordingLayer extends Wrapped {

        private final List<String> reads = new ArrayList<>();

        RecordingLayer(TestLayer layer) {
            super(layer);
        }

        @Override
        public void read(int fromOutput, int count, float[] target) {
            reads.add(fromOutput + " + " + count);
            super.read(fromOutput, count, target);
        }
    }

    /** Weights behind something else in an array of their own. */
    private static final class LyingLayer extends Wrapped {

        private static final int OFFSET = 5;
        private final float[] values;

        LyingLayer(TestLayer layer) {
            super(layer);
            values = new float[OFFSET + (int) layer.size() + OFFSET];
            Arrays.fill(values, Float.NaN);
            System.arraycopy(layer.weights(), 0, values, OFFSET, (int) layer.size());
        }

        @Override
        public WeightSlab slab(int fromOutput, int count, float[] buffer) {
            return new WeightSlab(values, OFFSET + fromOutput * inputs() * positions());
        }
    }

    private abstract static class Wrapped implements WeightLayer {

        private final TestLayer layer;

        Wrapped(TestLayer layer) {
            this.layer = layer;
        }

        @Override
        public String name() {
            return layer.name();
        }

        @Override
        public LayerKind kind() {
            return layer.kind();
        }

        @Override
        public int outputs() {
            return layer.outputs();
        }

        @Override
        public int inputs() {
            return layer.inputs();
        }

        @Override
        public int positions() {
            return layer.positions();
        }

        @Override
        public void read(int fromOutput, int count, float[] target) {
            layer.read(fromOutput, count, target);
        }
    }
}
