package io.weighbridge.hasher;

import static org.assertj.core.api.Assertions.assertThat;

import io.weighbridge.hash.LayerKind;
import io.weighbridge.hash.PerceptualCode;
import io.weighbridge.hash.layer.LayerCode;
import org.junit.jupiter.api.Test;

class LayerRecordTest {

    @Test
    void shouldKeepWhatTheLayerIs() {
        var layer = layer("layer1.0.conv2.weight");
        var record = LayerRecord.of(layer);

        assertThat(record.getName()).isEqualTo("layer1.0.conv2.weight");
        assertThat(record.getKind()).hasToString("CONVOLUTION");
        assertThat(record.getOutputs()).isEqualTo(64);
        assertThat(record.getInputs()).isEqualTo(32);
        assertThat(record.getPositions()).isEqualTo(9);
        assertThat(record.getStructure()).isEqualTo(.5f);
        assertThat(record.getWords().array()).isEqualTo(layer.code().toBytes());
    }

    @Test
    void shouldCutLongNamesInTheMiddleAndPrintNoControlCharacters() {
        String name = LayerRecord.of(layer("encoder\u001b." + "x".repeat(200) + ".layer7.weight"))
                .getName();

        assertThat(name)
                .hasSize(100)
                .startsWith("encoder?.xxx")
                .contains("x...x")
                .endsWith("xxx.layer7.weight");
    }

    private static LayerCode layer(String name) {
        return new LayerCode(
                name, LayerKind.CONVOLUTION, 64, 32, 9, .5, PerceptualCode.of(LayerCode.ALGORITHM, 1, 2, 3, 4));
    }
}
