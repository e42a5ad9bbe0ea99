package io.weighbridge.hash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class WeightLayerTest {

    @Test
    void shouldGiveAllWeightsOrThoseOfSomeOutputs() {
        var layer = TestLayer.of("kernel", LayerKind.CONVOLUTION, 4, 2, 3, at -> at);
        assertThat(layer.weights()).hasSize(24).startsWith(0, 1, 2).endsWith(22, 23);
        var slab = new float[13];
        layer.read(1, 2, slab);
        assertThat(slab).startsWith(6, 7).endsWith(16, 17, 0);
    }

    @Test
    void shouldCountMoreWeightsThanAnArrayHolds() {
        var huge = new Huge(1 << 20, 1 << 14, 1);
        assertThat(huge.size()).isEqualTo(1L << 34);
        assertThatThrownBy(huge::weights)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("layer huge: 17179869184 weights, more than an array can hold");
    }

    @Test
    void shouldRefuseToCountPastTheBoundsOfLong() {
        var huge = new Huge(Integer.MAX_VALUE, Integer.MAX_VALUE, 9);
        assertThatThrownBy(huge::size).isInstanceOf(ArithmeticException.class);
    }

    private record Huge(int outputs, int inputs, int positions) implements WeightLayer {

        @Override
        public String name() {
            return "huge";
        }

        @Override
        public LayerKind kind() {
            return LayerKind.CONVOLUTION;
        }

        @Override
        public void read(int fromOutput, int count, float[] target) {
            throw new AssertionError("too large to be read");
        }
    }
}
