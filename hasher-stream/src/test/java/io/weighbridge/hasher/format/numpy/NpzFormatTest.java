package io.weighbridge.hasher.format.numpy;

import static org.assertj.core.api.Assertions.assertThat;

import io.weighbridge.hasher.format.ModelBytes;
import io.weighbridge.hasher.format.ModelFixtures;
import io.weighbridge.hasher.format.ReadLimits;
import io.weighbridge.hasher.format.ReaderContract;
import io.weighbridge.hasher.format.detect.ModelFormats;
import io.weighbridge.schemas.avro.Outcome;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NpzFormatTest extends ReaderContract {

    @Override
    protected String sample() {
        return "tiny.npz";
    }

    @Override
    protected String format() {
        return "npz";
    }

    @Override
    protected List<String> variants() {
        return List.of("tiny-compressed.npz", "tiny-bare.npz", "arrays.npz");
    }

    /** Stored, deflated, and with names that do not end in {@code .npy}. */
    @ParameterizedTest
    @ValueSource(strings = {"tiny.npz", "tiny-compressed.npz", "tiny-bare.npz"})
    void shouldReadAStateDict(String file) throws IOException {
        assertThat(ModelFixtures.layers(ModelFixtures.copyTo(folder, file)))
                .containsExactlyElementsOf(ModelFixtures.expected("tiny"));
    }

    /** Types, byte orders, and the order of the axes. */
    @Test
    void shouldReadEveryArrayThatCanBeWeights() throws IOException {
        assertThat(ModelFixtures.layers(ModelFixtures.copyTo(folder, "arrays.npz")))
                .containsExactlyElementsOf(ModelFixtures.expected("arrays"));
    }

    @Test
    void shouldCountArraysOfEveryKind() throws IOException {
        try (var file = ModelBytes.open(ModelFixtures.copyTo(folder, "arrays.npz"), Duration.ofMinutes(1))) {
            var model = ModelFormats.of(file, ReadLimits.STANDARD).read(file, ReadLimits.STANDARD);
            assertThat(model.tensors()).isEqualTo(13);
            assertThat(model.parameters()).isEqualTo(108 + 30 + 42 + 48 + 36 + 3 + 1 + 0 + 6 + 4 + 2 + 1 + 4);
        }
    }

    @Test
    void shouldNotUnpickleAnEntry() throws IOException {
        var scan = scan(ModelFixtures.copyTo(folder, "objects.npz"));
        assertThat(scan.getReason())
                .isEqualTo("array state: an array of Python objects, pickled; pickles are never loaded");
        assertThat(scan.getOutcome()).isEqualTo(Outcome.UNSUPPORTED);
    }

    @Test
    void shouldNameTheLimitThatIsExceeded() throws IOException {
        var file = ModelFixtures.copyTo(folder, sample());
        assertThat(scan(file, new ReadLimits(1 << 20, 3, 1 << 20, 100, 1 << 20)).getReason())
                .contains("maxTensors = 3");
        assertThat(scan(file, new ReadLimits(1 << 20, 100, 500, 100, 1 << 20)).getReason())
                .contains("maxTensorWeights = 500");
    }
}
