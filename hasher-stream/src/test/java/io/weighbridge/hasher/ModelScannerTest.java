package io.weighbridge.hasher;

import static org.assertj.core.api.Assertions.assertThat;

import io.weighbridge.hash.AlgorithmId;
import io.weighbridge.hash.HashAlgorithm;
import io.weighbridge.hash.ModelHasher;
import io.weighbridge.hash.WeightLayer;
import io.weighbridge.hash.layer.LayerCode;
import io.weighbridge.hasher.format.ByteRange;
import io.weighbridge.hasher.format.ModelFixtures;
import io.weighbridge.hasher.format.ReadLimits;
import io.weighbridge.hasher.format.Siblings;
import io.weighbridge.schemas.avro.Outcome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModelScannerTest {

    private final ModelScanner scanner = new ModelScanner(ReadLimits.STANDARD, ModelHasher.standard());

    @TempDir
    Path folder;

    @Test
    void shouldGiveOneCodeOfEachAlgorithm() throws IOException {
        var scan = scanner.scan(ModelFixtures.copyTo(folder, "tiny.safetensors"), "weights/tiny.safetensors");
        assertThat(scan.getOutcome()).isEqualTo(Outcome.HASHED);
        assertThat(scan.getReason()).isNull();
        assertThat(scan.getPath()).isEqualTo("weights/tiny.safetensors");
        assertThat(scan.getQuality()).isBetween(0.0, 1.0);
        var algorithms = ModelHasher.standard().algorithms();
        assertThat(scan.getCodes()).hasSameSizeAs(algorithms);
        for (int i = 0; i < algorithms.size(); i++) {
            var code = scan.getCodes().get(i);
            assertThat(code.getAlgorithm()).isEqualTo(algorithms.get(i).id().name());
            assertThat(code.getWords().remaining() * 8)
                    .isEqualTo(algorithms.get(i).bits());
        }
    }

    @Test
    void shouldGiveEachLayerItsCode() throws IOException {
        var scan = scanner.scan(ModelFixtures.copyTo(folder, "tiny.safetensors"), "tiny.safetensors");

        assertThat(scan.getLayers()).isNotEmpty().allSatisfy(layer -> {
            assertThat(layer.getVersion()).isEqualTo(LayerCode.ALGORITHM.version());
            assertThat(layer.getWords().remaining() * 8).isEqualTo(LayerCode.BITS);
            assertThat(layer.getStructure()).isBetween(0f, 1f);
        });
    }

    @Test
    void shouldTellTheDigestOfTheBytes() throws IOException {
        var scan = scanner.scan(Files.writeString(folder.resolve("abc"), "abc"), "abc");
        assertThat(scan.getSha256()).isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
        assertThat(scan.getSizeBytes()).isEqualTo(3);
    }

    @Test
    void shouldNotReachWhatIsNoFile() {
        assertThat(scanner.scan(folder.resolve("none"), "none").getReason()).isEqualTo("no such file");
        assertThat(scanner.scan(folder, "folder").getReason()).isEqualTo("is a directory");
        assertThat(scanner.scan(folder, "folder").getOutcome()).isEqualTo(Outcome.UNREACHABLE);
    }

    @Test
    void shouldNotOpenADevice() {
        var scan = scanner.scan(Path.of("/dev/zero"), "zero");
        assertThat(scan.getOutcome()).isEqualTo(Outcome.UNREACHABLE);
    }

    @Test
    void shouldStopWhenTheTimeIsOver() throws IOException {
        var scan = scanner.scan(ModelFixtures.copyTo(folder, "tiny.safetensors"), "tiny", Duration.ZERO, Siblings.NONE);
        assertThat(scan.getOutcome()).isEqualTo(Outcome.TIMED_OUT);
    }

    @Test
    void shouldTellAnInterruptFromBadContent() throws IOException {
        var file = ModelFixtures.copyTo(folder, "tiny.safetensors");
        Thread.currentThread().interrupt();
        var scan = scanner.scan(file, "tiny");
        assertThat(Thread.interrupted()).isTrue();
        assertThat(scan.getOutcome()).isEqualTo(Outcome.FAILED);
        assertThat(scan.getReason()).isEqualTo("interrupted");
    }

    @Test
    void shouldCallAnEmptyFileMalformed() throws IOException {
        var scan = scanner.scan(Files.createFile(folder.resolve("empty.pt")), "empty.pt");
        assertThat(scan.getOutcome()).isEqualTo(Outcome.MALFORMED);
        assertThat(scan.getReason()).isEqualTo("empty file");
    }

    /** Whatever goes wrong inside a parser or hash: one outcome, and the file is closed. */
    @ParameterizedTest
    @CsvSource({
        "java.lang.IllegalStateException, FAILED, 'java.lang.IllegalStateException: broken (reading safetensors)'",
        "java.lang.StackOverflowError, MALFORMED, nested too deeply to be read (reading safetensors)",
        "java.lang.OutOfMemoryError, TOO_LARGE, not enough memory",
    })
    void shouldSurviveItsOwnParts(String failure, Outcome outcome, String reason) throws Exception {
        var thrown =
                (Throwable) Class.forName(failure).getConstructor(String.class).newInstance("broken");
        var file = ModelFixtures.copyTo(folder, "tiny.safetensors");
        var failing = new ModelScanner(ReadLimits.STANDARD, ModelHasher.of(List.of(new FailingAlgorithm(thrown))));
        var scan = failing.scan(file, "tiny");
        assertThat(scan.getOutcome()).isEqualTo(outcome);
        assertThat(scan.getReason()).startsWith(reason);
        assertThat(openFiles()).doesNotContain(file.toRealPath());
    }

    @Test
    void shouldLeaveNothingOpen() throws IOException {
        for (var name :
                List.of("tiny.pt", "tiny-deflated.pt", "tiny.onnx", "tiny.h5", "dl4j.zip", "evil.pt", "bomb.h5")) {
            var file = ModelFixtures.copyTo(folder, name);
            scanner.scan(file, name);
            assertThat(openFiles()).doesNotContain(file.toRealPath());
        }
    }

    @Test
    void shouldTellAFileThatCannotBeRead() throws IOException {
        var file = ModelFixtures.copyTo(folder, "tiny.safetensors");
        var hasher =
                ModelHasher.of(List.of(new FailingAlgorithm(new UncheckedIOException(new IOException("disk gone")))));
        var scan = new ModelScanner(ReadLimits.STANDARD, hasher).scan(file, "tiny");
        assertThat(scan.getOutcome()).isEqualTo(Outcome.UNREACHABLE);
        assertThat(scan.getReason()).isEqualTo("cannot be read: disk gone");
    }

    @Test
    void shouldTellWhichTimeLimitWasOver() throws IOException {
        var standard = ReadLimits.STANDARD;
        var limits = new ReadLimits(
                standard.maxHeaderBytes(),
                standard.maxTensors(),
                standard.maxTensorWeights(),
                standard.maxEntries(),
                standard.maxInflatedBytes(),
                standard.maxDepth(),
                standard.maxRatio(),
                standard.maxDimensions(),
                Duration.ofNanos(1));
        var scan = new ModelScanner(limits, ModelHasher.standard())
                .scan(ModelFixtures.copyTo(folder, "tiny.safetensors"), "tiny");
        assertThat(scan.getOutcome()).isEqualTo(Outcome.TIMED_OUT);
        assertThat(scan.getReason()).isEqualTo("not read within 0 ms; see weighbridge.read.max.time");
    }

    @Test
    void shouldScanBytesThatLieAnywhere() throws IOException {
        var bytes = ModelFixtures.bytes("tiny.safetensors");
        var range = new ByteRange() {
            @Override
            public long sizeBytes() {
                return bytes.length;
            }

            @Override
            public void readInto(ByteBuffer target, long offset, String what) {
                target.put(bytes, (int) offset, target.remaining());
            }
        };
        var scan = scanner.scan(range, "anywhere", Duration.ofMinutes(1), Siblings.NONE);
        assertThat(scan.getOutcome()).isEqualTo(Outcome.HASHED);
        assertThat(scan.getCodes())
                .isEqualTo(scanner.scan(ModelFixtures.copyTo(folder, "tiny.safetensors"), "t")
                        .getCodes());
    }

    @ParameterizedTest
    @CsvSource({
        "47475546030000, a GGUF file",
        "377abcaf271c00, a 7z archive",
        "1f8b0100, a gzip stream of another method",
        "28636f730a, 'a bare pickle (protocol 0, ASCII)'",
        "00ff00ff, no known model format: first bytes 00ff00ff",
        "7b7d0a, a text file",
        "0801122a0a0a, a SavedModel's graph; its weights are in variables/",
    })
    void shouldNameContentThatIsNotRead(String hex, String reason) throws IOException {
        var scan = scanner.scan(
                Files.write(folder.resolve("f.safetensors"), HexFormat.of().parseHex(hex)), "f");
        assertThat(scan.getReason()).isEqualTo(reason);
        assertThat(scan.getOutcome()).isEqualTo(Outcome.UNSUPPORTED);
        assertThat(scan.getFormat()).isNull();
    }

    @Test
    void shouldNameATarArchive() throws IOException {
        var tar = new byte[1024];
        System.arraycopy("ustar".getBytes(StandardCharsets.US_ASCII), 0, tar, 257, 5);
        tar[0] = 'm';
        assertThat(scanner.scan(Files.write(folder.resolve("m.tar"), tar), "m.tar")
                        .getReason())
                .isEqualTo("a tar archive");
    }

    @Test
    void shouldCallZeroWeightsDegenerate() throws IOException {
        var model = ModelFixtures.bytes("tiny.safetensors");
        int header = ByteBuffer.wrap(model).order(ByteOrder.LITTLE_ENDIAN).getInt();
        Arrays.fill(model, 8 + header, model.length, (byte) 0);
        var scan = scanner.scan(Files.write(folder.resolve("zero"), model), "zero");
        assertThat(scan.getOutcome()).isEqualTo(Outcome.DEGENERATE);
        assertThat(scan.getReason()).isNotBlank();
        assertThat(scan.getCodes()).isEmpty();
        assertThat(scan.getTensors()).isEqualTo(14);
    }

    @Test
    void shouldTellAModelWithoutWeights() throws IOException {
        var header = "{\"b\":{\"dtype\":\"F32\",\"shape\":[4],\"data_offsets\":[0,16]}}";
        var bytes = ByteBuffer.allocate(8 + header.length() + 16).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putLong(header.length()).put(header.getBytes(StandardCharsets.US_ASCII));
        var scan = scanner.scan(Files.write(folder.resolve("bias"), bytes.array()), "bias");
        assertThat(scan.getOutcome()).isEqualTo(Outcome.NO_WEIGHTS);
        assertThat(scan.getReason()).isEqualTo("none of 1 tensors is a convolution or a matrix");
    }

    @Test
    void shouldQuoteHostileNamesSafely() throws IOException {
        var name = "x\\u001b[2J\\n" + "y".repeat(10_000);
        var header = "{\"" + name + "\":{\"dtype\":\"F32\",\"shape\":[4],\"data_offsets\":[0,4]}}";
        var bytes = ByteBuffer.allocate(8 + header.length()).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putLong(header.length()).put(header.getBytes(StandardCharsets.US_ASCII));
        var reason = scanner.scan(Files.write(folder.resolve("n"), bytes.array()), "n")
                .getReason();
        assertThat(reason).startsWith("tensor x?[2J?yyy").endsWith("...").hasSizeLessThan(600);
    }

    @Test
    void shouldNotKnowRandomBytes() throws IOException {
        for (int seed = 0; seed < 300; seed++) {
            var bytes = new byte[1 + seed * 7];
            new Random(seed).nextBytes(bytes);
            var scan = scanner.scan(Files.write(folder.resolve("random"), bytes), "random");
            assertThat(scan.getOutcome())
                    .as("seed " + seed + ": " + scan.getReason())
                    .isIn(Outcome.UNSUPPORTED, Outcome.MALFORMED);
        }
    }

    /** The files this process has open, as the system tells; none where it does not tell. */
    private static List<Path> openFiles() throws IOException {
        var descriptors = Path.of("/proc/self/fd");
        if (!Files.isDirectory(descriptors)) {
            return List.of();
        }
        var open = new ArrayList<Path>();
        try (var links = Files.list(descriptors)) {
            for (var link : links.toList()) {
                if (Files.isSymbolicLink(link)) {
                    open.add(Files.readSymbolicLink(link));
                }
            }
        }
        return open;
    }

    /** Throws in the middle of a scan. */
    private record FailingAlgorithm(Throwable failure) implements HashAlgorithm {

        @Override
        public AlgorithmId id() {
            return new AlgorithmId("failing", 1);
        }

        @Override
        public int bits() {
            return Long.SIZE;
        }

        @Override
        public int thresholdBits() {
            return 0;
        }

        @Override
        public double falseMatchRate(int distanceBits) {
            return 1;
        }

        @Override
        public Accumulator start(List<? extends WeightLayer> layers) {
            if (failure instanceof Error error) {
                throw error;
            }
            throw (RuntimeException) failure;
        }
    }
}
