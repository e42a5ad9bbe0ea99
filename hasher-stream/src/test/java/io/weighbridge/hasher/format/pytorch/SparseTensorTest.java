package io.weighbridge.hasher.format.pytorch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weighbridge.hasher.format.ModelBytes;
import io.weighbridge.hasher.format.ModelFixtures;
import io.weighbridge.hasher.format.ModelFormatException;
import io.weighbridge.hasher.format.ReadLimits;
import io.weighbridge.hasher.format.detect.ModelFormats;
import io.weighbridge.schemas.avro.Outcome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The files were written by PyTorch: see make_torch_distributed.py. */
class SparseTensorTest {

    @TempDir
    private Path folder;

    /** Entries in any order, several for one place, rows and kernels without any, none at all. */
    @ParameterizedTest
    @ValueSource(strings = {"coo", "repeated", "hybrid", "kernel", "half", "csr", "csc", "empty"})
    void shouldReadWhatTheTensorIsWhenFilledUp(String layout) throws IOException {
        var name = "torch-sparse-" + layout;
        assertThat(ModelFixtures.layers(ModelFixtures.copyTo(folder, name + ".pt")))
                .isEqualTo(ModelFixtures.expected(name));
    }

    @Test
    void shouldReadAnySlabAsTheWholeHasIt() throws IOException {
        var file = ModelFixtures.copyTo(folder, "torch-sparse-kernel.pt");
        try (var bytes = ModelBytes.open(file, Duration.ofMinutes(1))) {
            var layer = ModelFormats.of(bytes, ReadLimits.STANDARD)
                    .read(bytes, ReadLimits.STANDARD)
                    .layers()
                    .get(0);
            var whole = layer.weights();
            var slab = new float[2 * 3 * 4];
            layer.read(1, 2, slab);
            assertThat(slab).isEqualTo(Arrays.copyOfRange(whole, 3 * 4, 3 * 3 * 4));
        }
    }

    /** A place outside of the tensor, and pointers that do not reach the last entry. */
    @ParameterizedTest
    @CsvSource({
        "outside, 'expected indices from 0 to 3, got 4'",
        "pointers, 'expected pointers from 0 to 3, got 0 to 2'"
    })
    void shouldCallIndicesThatDoNotFitMalformed(String name, String reason) throws IOException {
        var file = ModelFixtures.copyTo(folder, "torch-sparse-" + name + ".pt");
        assertThatThrownBy(() -> ModelFixtures.layers(file))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining(reason)
                .cause()
                .extracting(e -> ((ModelFormatException) e).outcome())
                .isEqualTo(Outcome.MALFORMED);
    }

    @Test
    void shouldCallPartsThatDoNotFitTogetherMalformed() throws IOException {
        var file = ModelFixtures.copyTo(folder, "torch-sparse-misfit.pt");
        assertThatThrownBy(() -> ModelFixtures.layers(file))
                .isInstanceOf(ModelFormatException.class)
                .hasMessageContaining("do not fit together as torch.sparse_coo of [3, 4]");
    }
}
