package io.weighbridge.hasher.format.container;

import static org.assertj.core.api.Assertions.assertThat;

import io.weighbridge.hasher.format.ElementType;
import io.weighbridge.hasher.format.ModelBytes;
import io.weighbridge.hasher.format.ModelFormat;
import io.weighbridge.hasher.format.ModelWeights;
import io.weighbridge.hasher.format.ReadLimits;
import io.weighbridge.hasher.format.WeightCollector;
import io.weighbridge.hasher.format.zip.ZipBytes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files of a container as siblings of each other, with a format whose numbers lie in {@code data.bin} beside it. */
class EntrySiblingsTest {

    @TempDir
    private Path folder;

    @Test
    void shouldFindWhatLiesBesideAModel() throws IOException {
        var model = read(ZipBytes.stored("m/data.bin", new byte[] {7, 7}, "m/model", new byte[] {'M'}));
        assertThat(model.parameters()).isEqualTo(2);
        assertThat(model.unread()).isNull();
    }

    @Test
    void shouldNotFindWhatLiesInAnotherFolder() throws IOException {
        var model = read(ZipBytes.stored("data.bin", new byte[] {7, 7}, "m/model", new byte[] {'M'}));
        assertThat(model.parameters()).isZero();
        assertThat(model.unread()).isEqualTo("hashed only m/model; not data.bin: opaque");
    }

    private ModelWeights read(byte[] zip) throws IOException {
        try (var file = ModelBytes.open(Files.write(folder.resolve("z"), zip), Duration.ofMinutes(1))) {
            return ContainerFormat.all(new OneFormat()).get(0).read(file, ReadLimits.STANDARD);
        }
    }

    private static final class OneFormat implements Recognition, ModelFormat {

        @Override
        public Optional<ModelFormat> format(ModelBytes file, ReadLimits limits) throws IOException {
            return recognises(file, limits) ? Optional.of(this) : Optional.empty();
        }

        @Override
        public String describe(ModelBytes file, ReadLimits limits) {
            return "opaque";
        }

        @Override
        public boolean holdsNoWeights(ModelBytes file, ReadLimits limits) {
            return false;
        }

        @Override
        public String id() {
            return "one";
        }

        @Override
        public boolean recognises(ModelBytes file, ReadLimits limits) throws IOException {
            return file.peek(0, 1).get(0) == 'M';
        }

        @Override
        public ModelWeights read(ModelBytes file, ReadLimits limits) throws IOException {
            var collector = new WeightCollector(file, limits);
            var data = file.sibling("data.bin");
            collector.count("w", data.map(ModelBytes::sizeBytes).orElse(0L));
            collector.addByShape("w", new long[] {2, 2}, ElementType.F32, (from, count, target, at) -> {});
            return collector.weights(id());
        }
    }
}
