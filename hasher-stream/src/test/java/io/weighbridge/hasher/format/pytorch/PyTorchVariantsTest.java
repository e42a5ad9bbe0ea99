package io.weighbridge.hasher.format.pytorch;

import static org.assertj.core.api.Assertions.assertThat;

import io.weighbridge.hasher.format.ModelBytes;
import io.weighbridge.hasher.format.ModelFixtures;
import io.weighbridge.hasher.format.ModelFixtures.Layer;
import io.weighbridge.hasher.format.ReadLimits;
import io.weighbridge.hasher.format.detect.ModelFormats;
import io.weighbridge.hasher.format.zip.ZipArchive;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One small network in every form that PyTorch, pickle and NumPy ever gave to it has the same layers. */
class PyTorchVariantsTest {

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mini-legacy.pt",
                "mini.tar",
                "mini-module.pt",
                "mini-module-legacy.pt",
                "mini-1.pt",
                "mini-2.pt",
                "mini-3.pt",
                "mini-4.pt",
                "mini-5.pt",
                "mini-0.pkl",
                "mini-1.pkl",
                "mini-2.pkl",
                "mini-3.pkl",
                "mini-4.pkl",
                "mini-5.pkl"
            })
    void shouldReadTheSameFromEveryForm(String file) throws IOException {
        assertThat(layers(file)).isEqualTo(ModelFixtures.expected("mini"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "1", "2", "3", "4", "5", "old"})
    void shouldReadArraysOfNumPy(String protocol) throws IOException {
        var expected = ModelFixtures.expected("mini").stream()
                .map(layer -> layer.name().equals("grid") ? renamed(layer, "grid.0") : layer)
                .toList();
        assertThat(layers("mini-arrays-" + protocol + ".pkl")).isEqualTo(expected);
    }

    /** The moving average and the optimizer have the same shapes. */
    @ParameterizedTest
    @CsvSource({"mini-checkpoint.pt, model.", "mini-average.pt, ema."})
    void shouldReadEveryWeightOfACheckpointOnce(String file, String prefix) throws IOException {
        var expected = ModelFixtures.expected("mini").stream()
                .map(layer -> renamed(layer, prefix + layer.name()))
                .toList();
        assertThat(layers(file)).isEqualTo(expected);
    }

    @Test
    void shouldReadTheConstantsOfAFrozenScript() throws IOException {
        assertThat(layers("mini-frozen.pt").stream().map(Layer::weights))
                .containsAll(ModelFixtures.expected("mini").stream()
                        .filter(layer -> layer.name().endsWith("weight"))
                        .map(Layer::weights)
                        .toList());
    }

    @ParameterizedTest
    @ValueSource(strings = {"torch-values", "torch-parts"})
    void shouldReadValuesAsPyTorchDoes(String name) throws IOException {
        assertThat(layers(name + ".pt")).isEqualTo(ModelFixtures.expected(name));
    }

    /** Names differ where PyTorch has none, norms in the last bits. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "torch-export.pt2",
                "torch-package.pt",
                "torch-package-module.pt",
                "torch-negative.pt",
                "torch-trainer.pt",
                "torch-quantised-module.pt",
                "torch-pruned.pt",
                "torch-weight-norm.pt",
                "torch-weight-norm-old.pt"
            })
    void shouldReadTheWeightsThatPyTorchComputesWith(String file) throws IOException {
        var expected = ModelFixtures.expected(file.substring(0, file.lastIndexOf('.')));
        var read = layers(file);
        assertThat(read)
                .map(PyTorchVariantsTest::shape)
                .isEqualTo(expected.stream().map(PyTorchVariantsTest::shape).toList());
        for (int i = 0; i < read.size(); i++) {
            assertThat(read.get(i).weights())
                    .usingElementComparator((a, b) -> Math.abs(a - b) <= 2e-7 * Math.abs(b) ? 0 : 1)
                    .isEqualTo(expected.get(i).weights());
        }
    }

    /** The examples are an archive of their own inside, and no model. */
    @Test
    void shouldNotTakeTheExamplesOfAnExportForWeights() throws IOException {
        var file = ModelFixtures.copyTo(folder, "torch-export.pt2");
        try (var bytes = ModelBytes.open(file, Duration.ofMinutes(1))) {
            var archive = ZipArchive.open(bytes, ReadLimits.STANDARD);
            assertThat(archive.names()).anyMatch(name -> name.endsWith("/data/sample_inputs/model.pt"));
            var model = ModelFormats.of(bytes, ReadLimits.STANDARD).read(bytes, ReadLimits.STANDARD);
            assertThat(model.unread()).isNull();
        }
    }

    private static String shape(Layer layer) {
        return layer.kind() + " " + List.of(layer.outputs(), layer.inputs(), layer.positions());
    }

    @ParameterizedTest
    @CsvSource({"torch-weight-norm.pt, 1.weight", "torch-weight-norm-old.pt, 1.weight", "torch-pruned.pt, 2.weight"})
    void shouldNameReparametrisedWeightsAsThePlainNetworkDoes(String file, String second) throws IOException {
        assertThat(layers(file)).map(Layer::name).containsExactly("0.weight", second);
    }

    private List<Layer> layers(String file) throws IOException {
        return ModelFixtures.layers(ModelFixtures.copyTo(folder, file));
    }

    private static Layer renamed(Layer layer, String name) {
        return new Layer(name, layer.kind(), layer.outputs(), layer.inputs(), layer.positions(), layer.weights());
    }
}
