package io.weighbridge.hasher.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChannelsLastTest {

    @TempDir
    private Path folder;

    /**
     * Two inputs and two units. Keras: columns of update (z), reset (r), new (h), two each; PyTorch's weight_ih_l0: rows W_ir, W_iz, W_in, two
     * each. Tens tell the gate, ones the unit, the sign the input.
     */
    @Test
    void shouldBringTheGatesOfAGruInPyTorchsOrder() throws IOException {
        float[] keras = {11, 12, 21, 22, 31, 32, -11, -12, -21, -22, -31, -32};
        float[] torch = {21, -21, 22, -22, 11, -11, 12, -12, 31, -31, 32, -32};
        var layer = gru(new long[] {2, 6}, keras).layers().get(0);
        assertThat(layer.outputs()).isEqualTo(6);
        assertThat(layer.weights()).isEqualTo(torch);
        var slab = new float[3 * 2];
        layer.read(1, 3, slab);
        assertThat(slab).containsExactly(22, -22, 11, -11, 12, -12);
    }

    @Test
    void shouldRefuseGatesOfUnequalSize() {
        assertThatThrownBy(() -> gru(new long[] {2, 4}, new float[8]))
                .isInstanceOf(ModelFormatException.class)
                .hasMessageContaining("expected three gates of equal size, got 4 columns");
    }

    private ModelWeights gru(long[] shape, float... numbers) throws IOException {
        try (var file = ModelBytes.open(Files.write(folder.resolve("m"), new byte[64]), Duration.ofMinutes(1))) {
            var collector = new WeightCollector(file, ReadLimits.STANDARD);
            new ChannelsLast(collector).addGru("kernel", shape, ElementType.F32, (from, count, target, at) -> {
                System.arraycopy(numbers, (int) from, target, at, count);
            });
            return collector.weights("test");
        }
    }
}
