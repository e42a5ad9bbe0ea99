package io.weighbridge.hasher.format;

import static org.assertj.core.api.Assertions.assertThat;

import io.weighbridge.hash.LayerKind;
import io.weighbridge.hash.WeightLayer;
import io.weighbridge.hasher.ModelScanner;
import io.weighbridge.schemas.avro.Outcome;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AdaptersTest {

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({"adapter.safetensors,6,6", "adapter.pt,6,6", "adapter-kohya.safetensors,6,7"})
    void shouldSayThatAFileIsAnAdapter(String file, int matrices, int tensors) throws IOException {
        var scan = new ModelScanner(ReadLimits.STANDARD, ReadingHasher.create())
                .scan(ModelFixtures.copyTo(folder, file), file);
        assertThat(scan.getReason())
                .isEqualTo("a LoRA adapter: " + matrices
                        + " matrices that change the weights of another model, which is not in the file");
        assertThat(scan.getOutcome()).isEqualTo(Outcome.NO_WEIGHTS);
        assertThat(scan.getTensors()).isEqualTo(tensors);
    }

    @Test
    void shouldNotHideOtherLayers() {
        assertThat(Adapters.isAdapter(List.of())).isFalse();
        assertThat(Adapters.isAdapter(List.of(layer("a.lora_A", 2, 9), layer("a.lora_B", 9, 2))))
                .isTrue();
        assertThat(Adapters.isAdapter(List.of(layer("a.lora_A", 2, 9), layer("a.lora_B", 9, 2), layer("head", 3, 9))))
                .isFalse();
    }

    /** Whoever calls the layers of a model so must not have them passed over. */
    @Test
    void shouldNotBelieveNamesWithoutPairs() {
        assertThat(Adapters.isAdapter(List.of(layer("a.lora_A", 2, 9))))
                .as("no partner")
                .isFalse();
        assertThat(Adapters.isAdapter(List.of(layer("a.lora_A", 2, 9), layer("a.lora_B", 9, 3))))
                .as("another rank")
                .isFalse();
        assertThat(Adapters.isAdapter(List.of(layer("a.lora_A", 8, 4), layer("a.lora_B", 9, 8))))
                .as("a rank that is not low")
                .isFalse();
        assertThat(Adapters.isAdapter(List.of(layer("explora_A", 2, 9), layer("explora_B", 9, 2))))
                .as("another word")
                .isFalse();
    }

    private static WeightLayer layer(String name, int outputs, int inputs) {
        return new TensorLayer(name, LayerKind.DENSE, outputs, inputs, 1, (from, count, target, at) -> {});
    }
}
