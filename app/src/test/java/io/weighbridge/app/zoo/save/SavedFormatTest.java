package io.weighbridge.app.zoo.save;

import static org.assertj.core.api.Assertions.assertThat;

import io.weighbridge.hash.ModelHasher;
import io.weighbridge.hasher.ModelScanner;
import io.weighbridge.hasher.format.ModelBytes;
import io.weighbridge.hasher.format.ReadLimits;
import io.weighbridge.hasher.format.detect.ModelFormats;
import io.weighbridge.schemas.avro.Code;
import io.weighbridge.schemas.avro.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** What is saved is read back by the readers of the product. */
class SavedFormatTest {

    private final List<SavedTensor> network = SavedNetworks.random(1);

    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource
    void shouldKeepEveryWeight(SavedFormat format) throws IOException {
        var read = read(write(format, "network"));
        var kernels = network.stream().filter(tensor -> tensor.rank() > 1).toList();
        assertThat(read)
                .containsOnlyKeys(kernels.stream().map(SavedTensor::name).toList());
        for (var kernel : kernels) {
            var weights = read.get(kernel.name());
            assertThat(weights).hasSize(kernel.size());
            for (int i = 0; i < weights.length; i++) {
                float expected = kernel.value(i);
                assertThat((double) Math.abs(weights[i] - expected))
                        .as("%s[%d]: %s, saved %s", kernel.name(), i, weights[i], expected)
                        .isLessThanOrEqualTo(roundingOf(format, expected));
            }
        }
    }

    @ParameterizedTest
    @EnumSource(
            mode = Mode.EXCLUDE,
            names = {"SAFETENSORS_F16", "SAFETENSORS_BF16", "PYTORCH_F16"})
    void shouldHaveTheSameCodesInEveryFormat(SavedFormat format) throws IOException {
        assertThat(codes(format)).isEqualTo(codes(SavedFormat.SAFETENSORS)).isNotEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void shouldWriteTheSameBytesAgain(SavedFormat format) throws IOException {
        assertThat(Files.readAllBytes(write(format, "first"))).isEqualTo(Files.readAllBytes(write(format, "second")));
    }

    /** Half a step of the numbers that the format has: none if it has all. */
    private static double roundingOf(SavedFormat format, float value) {
        return switch (format) {
            case SAFETENSORS_F16, PYTORCH_F16 -> Math.max(Math.abs(value) * 0x1p-11, 0x1p-25);
            case SAFETENSORS_BF16 -> Math.abs(value) * 0x1p-8;
            default -> 0;
        };
    }

    private Path write(SavedFormat format, String name) throws IOException {
        var file = folder.resolve(name + "." + format.extension());
        format.write(file, network);
        return file;
    }

    /** The weights by the names that they were saved under. */
    private static Map<String, float[]> read(Path file) throws IOException {
        var weights = new HashMap<String, float[]>();
        try (var bytes = ModelBytes.open(file, Duration.ofMinutes(1))) {
            for (var layer : ModelFormats.of(bytes, ReadLimits.STANDARD)
                    .read(bytes, ReadLimits.STANDARD)
                    .layers()) weights.put(layer.name().replaceFirst("/\\w*kernel:0$", ".weight"), layer.weights());
        }
        return weights;
    }

    private List<Code> codes(SavedFormat format) throws IOException {
        var scan = new ModelScanner(ReadLimits.STANDARD, ModelHasher.standard()).scan(write(format, "coded"), "coded");
        assertThat(scan.getOutcome()).as(scan.getReason()).isEqualTo(Outcome.HASHED);
        return scan.getCodes();
    }
}
