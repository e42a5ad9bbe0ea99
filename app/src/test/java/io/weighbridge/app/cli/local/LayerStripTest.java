package io.weighbridge.app.cli.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.weighbridge.app.cli.Terminal;
import io.weighbridge.hash.LayerKind;
import io.weighbridge.hash.PerceptualCode;
import io.weighbridge.hash.layer.LayerCode;
import io.weighbridge.hash.layer.LayerComparison;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The strips and the table of layers. */
class LayerStripTest {

    private static final LayerComparison LAYERS = LayerComparison.of(
            List.of(layer("a", 0, 1), layer("b", 0, 2), layer("c", 0, 4), layer("d", 0, 7)),
            List.of(layer("a", 3, 1), layer("b", 40, 2), layer("c", 128, 4)));

    @Test
    void shouldDrawOneCharacterALayer() {
        assertThat(new LayerStrip(new Terminal(true, false)).lines(LAYERS))
                .containsExactly("A  █▓··", "B  █▓·", "   █ same  ▓ near  ░ uncertain  · no match");
    }

    @Test
    void shouldDrawInPlainCharactersOrInColours() {
        assertThat(new LayerStrip(new Terminal(false, false)).lines(LAYERS)).startsWith("A  #+..", "B  #+.");
        assertThat(new LayerStrip(new Terminal(false, true)).lines(LAYERS).get(1))
                .isEqualTo("B  \u001b[31m#\u001b[0m\u001b[33m+\u001b[0m\u001b[2m.\u001b[0m");
    }

    @Test
    void shouldWrapLongStrips() {
        var many = IntStream.range(0, 100).mapToObj(i -> layer("l" + i, i, 1)).toList();

        var lines = new LayerStrip(new Terminal(false, false)).lines(LayerComparison.of(many, many));

        assertThat(lines).hasSize(5);
        assertThat(lines.get(0)).isEqualTo("A  " + "#".repeat(72));
        assertThat(lines.get(1)).isEqualTo("   " + "#".repeat(28));
    }

    @Test
    void shouldShowMatchingLayersFirstWhenThereAreTooMany() {
        assertThat(LayerTable.of(LAYERS, 4).toString().lines())
                .containsExactly(
                        "layer of A  shape   layer of B  shape   distance  verdict",
                        "a           8x8x25  a           8x8x25  3/256     same",
                        "b           8x8x4   b           8x8x4   40/256    near",
                        "c           8x8x16  c           8x8x16  128/256   no match",
                        "d           8x8x49  -           -       -         no match");
        assertThat(LayerTable.of(LAYERS, 2).toString().lines()).hasSize(3);
        assertThat(LayerTable.summary(LAYERS)).startsWith("2 of 4 layers of A match (");
    }

    /** A layer whose code has so many ones, with a kernel of so many positions a side; 5 for 1. */
    private static LayerCode layer(String name, int ones, int side) {
        var words = new long[4];
        for (int i = 0; i < ones; i++) {
            words[i / Long.SIZE] |= 1L << i % Long.SIZE;
        }
        int positions = side == 1 ? 25 : side * side;
        return new LayerCode(
                name, LayerKind.CONVOLUTION, 8, 8, positions, 1, PerceptualCode.of(LayerCode.ALGORITHM, words));
    }
}
