package io.weighbridge.hasher.format;

import static org.assertj.core.api.Assertions.assertThat;

import io.weighbridge.hash.WeightLayer;
import io.weighbridge.hasher.ModelScanner;
import io.weighbridge.hasher.format.detect.ModelFormats;
import io.weighbridge.schemas.avro.FileScan;
import io.weighbridge.schemas.avro.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What every reader owes to hostile bytes: one outcome, soon, and never an exception. Subclasses name a good file. */
public abstract class ReaderContract {

    private static final Duration SOON = Duration.ofMinutes(1);
    private static final Set<Outcome> BAD = EnumSet.of(
            Outcome.MALFORMED, Outcome.UNSUPPORTED, Outcome.TOO_LARGE, Outcome.NO_WEIGHTS, Outcome.DEGENERATE);

    @TempDir
    protected Path folder;

    /** The name of a file in {@code src/test/resources/models} that is hashed. */
    protected abstract String sample();

    protected abstract String format();

    /** Other files of this format, with everything in them that is read another way. */
    protected List<String> variants() {
        return List.of();
    }

    /** The files beside every file of this format that is read. */
    protected Siblings siblings() throws IOException {
        return Siblings.NONE;
    }

    @Test
    void shouldReadSlabsAsTheWholeHasThem() throws IOException {
        for (var name : Stream.concat(Stream.of(sample()), variants().stream()).toList()) {
            try (var file = ModelBytes.of(FileRange.open(ModelFixtures.copyTo(folder, name)), SOON, siblings())) {
                var model = ModelFormats.of(file, ReadLimits.STANDARD).read(file, ReadLimits.STANDARD);
                assertThat(model.format()).isEqualTo(format());
                assertThat(model.layers()).isNotEmpty();
                model.layers().forEach(layer -> expectEqualSlabs(name, layer));
            }
        }
    }

    /** Random slabs, those of one output and of all among them, read to the start of an array with more room. */
    private static void expectEqualSlabs(String file, WeightLayer layer) {
        var random = new Random(layer.name().hashCode());
        var whole = layer.weights();
        int row = whole.length / layer.outputs();
        for (int i = 0; i < 20; i++) {
            int from = random.nextInt(layer.outputs());
            int count = i == 0 ? 1 : 1 + random.nextInt(layer.outputs() - from);
            var target = new float[count * row + 3];
            Arrays.fill(target, 77);
            layer.read(from, count, target);
            var expected = Arrays.copyOfRange(whole, from * row, (from + count) * row + 3);
            Arrays.fill(expected, count * row, expected.length, 77);
            assertThat(target)
                    .as("%s, %s, %d outputs from %d", file, layer.name(), count, from)
                    .isEqualTo(expected);
        }
    }

    @Test
    void shouldHashTheSampleWhateverItsName() throws IOException {
        for (var name : new String[] {"model.bin", "model", "model.onnx", "model.pt", "README.md", "weights.h5"}) {
            var scan = scan(ModelFixtures.bytes(sample()), name);
            assertThat(scan.getOutcome()).as(name + ": " + scan.getReason()).isEqualTo(Outcome.HASHED);
            assertThat(scan.getFormat()).isEqualTo(format());
        }
    }

    @Test
    void shouldRejectEveryTruncation() throws IOException {
        var whole = ModelFixtures.bytes(sample());
        int step = Math.max(1, whole.length / 120);
        for (int length = 0; length < whole.length; length += length < 64 ? 1 : step) {
            var scan = scan(Arrays.copyOf(whole, length), "truncated");
            assertThat(scan.getOutcome())
                    .as(length + " of " + whole.length + " bytes")
                    .isIn(BAD);
            assertThat(scan.getReason()).isNotBlank();
        }
    }

    @Test
    void shouldCallAFileThatEndsInTheMiddleMalformed() throws IOException {
        var whole = ModelFixtures.bytes(sample());
        var scan = scan(Arrays.copyOf(whole, whole.length / 2), "half");
        assertThat(scan.getOutcome()).as(scan.getReason()).isEqualTo(Outcome.MALFORMED);
    }

    @Test
    void shouldSurviveMutations() throws IOException {
        for (int seed = 0; seed < 250; seed++) {
            var bytes = mutate(ModelFixtures.bytes(sample()), new Random(seed));
            expectAnOutcome(scan(bytes, "mutated"), seed);
        }
    }

    @Test
    void shouldSurviveRandomTails() throws IOException {
        for (int seed = 0; seed < 60; seed++) {
            var random = new Random(seed);
            var bytes = ModelFixtures.bytes(sample());
            for (int i = 8 + random.nextInt(bytes.length - 8); i < bytes.length; i++) {
                bytes[i] = (byte) random.nextInt();
            }
            expectAnOutcome(scan(bytes, "random-tail"), seed);
        }
    }

    /** The content is to blame, or nothing is. */
    protected static void expectAnOutcome(FileScan scan, int seed) {
        assertThat(scan.getOutcome())
                .as("seed " + seed + ": " + scan.getReason())
                .isNotIn(Outcome.FAILED, Outcome.TIMED_OUT, Outcome.UNREACHABLE);
    }

    protected FileScan scan(byte[] bytes, String name) throws IOException {
        return scan(Files.write(folder.resolve(name), bytes), ReadLimits.STANDARD, siblings());
    }

    protected static FileScan scan(Path file) {
        return scan(file, ReadLimits.STANDARD);
    }

    protected static FileScan scan(Path file, ReadLimits limits) {
        return scan(file, limits, Siblings.NONE);
    }

    protected static FileScan scan(Path file, ReadLimits limits, Siblings siblings) {
        long start = System.nanoTime();
        var scan = new ModelScanner(limits, ReadingHasher.create()).scan(file, "model", SOON, siblings);
        assertThat(Duration.ofNanos(System.nanoTime() - start))
                .as(scan.getReason())
                .isLessThan(SOON);
        return scan;
    }

    /** The bytes with a few changes, the same for equal seeds; changes the array. */
    protected static byte[] mutate(byte[] bytes, Random random) {
        for (int i = 1 + random.nextInt(6); i > 0; i--) {
            int at = random.nextInt(random.nextBoolean() ? Math.min(1024, bytes.length) : bytes.length);
            switch (random.nextInt(4)) {
                case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
                case 1 -> bytes[at] = (byte) random.nextInt();
                case 2 -> bytes[at] = (byte) 0xff;
                default ->
                    Arrays.fill(bytes, at, Math.min(bytes.length, at + 8), (byte) (random.nextBoolean() ? 0xff : 0));
            }
        }
        return bytes;
    }
}
