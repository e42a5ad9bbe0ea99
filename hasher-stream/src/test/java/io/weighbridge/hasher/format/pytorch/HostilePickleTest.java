package io.weighbridge.hasher.format.pytorch;

import static org.assertj.core.api.Assertions.assertThat;

import io.weighbridge.hasher.ModelScanner;
import io.weighbridge.hasher.format.ModelFixtures;
import io.weighbridge.hasher.format.ReadLimits;
import io.weighbridge.hasher.format.ReadingHasher;
import io.weighbridge.schemas.avro.FileScan;
import io.weighbridge.schemas.avro.Outcome;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Bare pickles, legacy and tar files that lie, break or ask for too much. */
@Timeout(60)
class HostilePickleTest {

    private static final String ARRAY = "cnumpy.core.multiarray\n_reconstruct\n(cnumpy\nndarray\n(I0\ntS'b'\ntR";
    private static final String FLOATS = "cnumpy\ndtype\n(S'f4'\nI0\nI1\ntR";

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"torch-evil-0.pkl", "torch-evil-4.pkl"})
    void shouldNameTheCallThatWasNotRun(String name) throws IOException {
        var scan = scan(ModelFixtures.bytes(name));
        assertThat(scan.getOutcome()).isEqualTo(Outcome.NO_WEIGHTS);
        assertThat(scan.getReason())
                .isEqualTo("none of 0 tensors is a convolution or a matrix; calls posix.system, which was not run");
        assertThat(scan.getFormat()).isEqualTo("pickle");
        assertThat(Path.of("executed-by-a-pickle")).doesNotExist();
    }

    @Test
    void shouldNameTheCallsBeforeAPickleBreaks() throws IOException {
        var scan = scan(bytes("\u0080\u0002cos\nsystem\n(S'x'\ntR\u0001"));
        assertThat(scan.getOutcome()).isEqualTo(Outcome.MALFORMED);
        assertThat(scan.getReason())
                .isEqualTo("calls os.system, which was not run: unknown pickle opcode 0x1 at byte 21 of the file");
    }

    @Test
    void shouldNameOnlySomeOfManyCalls() throws IOException {
        var pickle = new StringBuilder("]");
        for (int i = 0; i < 100; i++) {
            pickle.append("cm\nf").append(i).append("\n)Ra");
        }
        assertThat(scan(bytes(pickle + ".")).getReason()).endsWith("m.f7 and others, which were not run");
    }

    @ParameterizedTest
    @ValueSource(strings = {"mini-legacy.pt", "mini-2.pkl", "mini-0.pkl", "mini-arrays-5.pkl", "mini-2.pt"})
    void shouldRefuseATail(String name) throws IOException {
        var whole = ModelFixtures.bytes(name);
        var longer = Arrays.copyOf(whole, whole.length + 3);
        var scan = scan(longer);
        assertThat(scan.getOutcome()).as(scan.getReason()).isEqualTo(Outcome.MALFORMED);
        if (!name.equals("mini-2.pt")) {
            assertThat(scan.getReason())
                    .isEqualTo("expected the end at byte " + whole.length + " of the file, got 3 more bytes");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"mini-legacy.pt", "mini.tar", "mini-2.pkl", "mini-arrays-2.pkl", "mini-module-legacy.pt"})
    void shouldRefuseEveryTruncation(String name) throws IOException {
        var whole = ModelFixtures.bytes(name);
        // Only the padding of a tar archive may be missing.
        int end = name.endsWith(".tar") ? whole.length - 2048 : whole.length;
        for (int length = 2; length < end; length += 1 + whole.length / 60) {
            var scan = scan(Arrays.copyOf(whole, length));
            assertThat(scan.getOutcome())
                    .as(length + " bytes: " + scan.getReason())
                    .isIn(Outcome.MALFORMED, Outcome.UNSUPPORTED);
        }
    }

    @Test
    void shouldSurviveMutations() throws IOException {
        for (var name : List.of("mini-legacy.pt", "mini.tar", "mini-0.pkl", "mini-2.pkl", "mini-arrays-0.pkl")) {
            for (int seed = 0; seed < 100; seed++) {
                var bytes = ModelFixtures.bytes(name);
                var random = new Random(seed);
                for (int i = 1 + random.nextInt(4); i > 0; i--) {
                    bytes[random.nextInt(bytes.length)] = (byte) (random.nextBoolean() ? 0xff : random.nextInt());
                }
                var scan = scan(bytes);
                assertThat(scan.getOutcome())
                        .as(name + ", seed " + seed + ": " + scan.getReason())
                        .isNotIn(Outcome.FAILED, Outcome.TIMED_OUT, Outcome.UNREACHABLE);
            }
        }
    }

    @Test
    void shouldNameLayoutsThatAreNotRead() throws IOException {
        var scan = scan(ModelFixtures.bytes("torch-sparse-blocks.pt"));
        assertThat(scan.getOutcome()).isEqualTo(Outcome.UNSUPPORTED);
        assertThat(scan.getReason()).contains("tensor w: the sparse layout torch.sparse_bsr is not read");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "(I1\\n(I2\\nI2\\nt%FI00\\nS'abcd'\\nt|MALFORMED|expected 4 numbers of 4 bytes, got 4 bytes",
                "(I1\\n(I2\\nI2\\nt%FI00\\nI5\\nt|MALFORMED|expected the bytes of an array",
                "(I1\\n(I-2\\nI2\\nt%FI00\\nS'abcd'\\nt|MALFORMED|expected sizes >= 0",
                "(I1\\n(I2\\nI2\\ntI7\\nI00\\nS'abcd'\\nt|MALFORMED|expected the dtype of an array",
                "I5\\n|MALFORMED|expected a tuple that describes an array",
                "(I1\\n(I1\\nI1\\nt%FI00\\nV\\u0141bcd\\nt|DEGENERATE|expected at least",
            })
    void shouldHoldArraysAgainstTheirBytes(String state, Outcome outcome, String reason) throws IOException {
        var pickle = ARRAY + state.replace("\\n", "\n").replace("%F", FLOATS) + "b.";
        var scan = scan(bytes("\u0080\u0002" + pickle));
        assertThat(scan.getReason()).contains(reason);
        assertThat(scan.getOutcome()).isEqualTo(outcome);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "S'x'\\nQ.|MALFORMED|expected no persistent id in a bare pickle",
                "cjoblib.numpy_pickle\\nNumpyArrayWrapper\\n)\u0081.|UNSUPPORTED|a joblib pickle",
                "ctorch.storage\\n_load_from_bytes\\n(S'abc'\\ntR.|MALFORMED|the stack is empty at byte 0 of the storage at byte 43 of the file",
                "ctorch.storage\\n_load_from_bytes\\n(I5\\ntR.|MALFORMED|expected the bytes of a storage",
                "ctorch._utils\\n_rebuild_qtensor\\n(I1\\ntR.|MALFORMED|expected a storage",
            })
    void shouldLocateWhatIsWrong(String pickle, Outcome outcome, String reason) throws IOException {
        var scan = scan(bytes("\u0080\u0002" + pickle.replace("\\n", "\n")));
        assertThat(scan.getReason()).contains(reason);
        assertThat(scan.getOutcome()).isEqualTo(outcome);
    }

    /** A list held in the memo, copied by one opcode and again and again. */
    @Test
    void shouldCountCopiesOfTheMemoAsSteps() throws IOException {
        var pickle = new StringBuilder("\u0080\u0002](" + "N".repeat(50_000) + "eq\u00010");
        pickle.append("ccollections\nOrderedDict\nq\u00020");
        for (int i = 0; i < 2_000; i++) {
            pickle.append("h\u0002h\u0001\u0085R0");
        }
        var scan = scan(bytes(pickle + "N."));
        assertThat(scan.getOutcome()).isEqualTo(Outcome.TOO_LARGE);
        assertThat(scan.getReason()).contains("maxTensors");
    }

    @Test
    void shouldBoundTheTextThatIsHeld() throws IOException {
        var pickle = ("X\u00e8\u0003\u0000\u0000" + "a".repeat(1000) + "0").repeat(100);
        var file = Files.write(folder.resolve("text"), bytes("\u0080\u0002" + pickle + "N."));
        var limits = new ReadLimits(50_000, 1000, 1 << 20, 10, 1 << 20);
        var scan = new ModelScanner(limits, ReadingHasher.create()).scan(file, "text");
        assertThat(scan.getOutcome()).isEqualTo(Outcome.TOO_LARGE);
        assertThat(scan.getReason())
                .isEqualTo("pickle: more text than maxHeaderBytes = 50000; see weighbridge.read.max.header.bytes");
    }

    /** A file in a file in a file. */
    @Test
    void shouldBoundFilesInFiles() throws IOException {
        var pickle = bytes("\u0080\u0002N.");
        for (int depth = 0; depth < 8; depth++) {
            var nested = new ByteArrayOutputStream();
            nested.writeBytes(
                    bytes("\u0080\u0002\u008a\n\u006c\u00fc\u009c\u0046\u00f9\u0020\u006a\u00a8\u0050\u0019."));
            nested.writeBytes(bytes("\u0080\u0002M\u00e9\u0003.\u0080\u0002}.\u0080\u0002"));
            nested.writeBytes(bytes("ctorch.storage\n_load_from_bytes\nB"));
            for (int shift = 0; shift < 32; shift += 8) {
                nested.write(pickle.length >> shift);
            }
            nested.writeBytes(pickle);
            nested.writeBytes(bytes("\u0085R.\u0080\u0002]."));
            pickle = nested.toByteArray();
        }
        var scan = scan(pickle);
        assertThat(scan.getOutcome()).isEqualTo(Outcome.TOO_LARGE);
        assertThat(scan.getReason()).isEqualTo("pickle: files nested more than 4 deep");
    }

    @Test
    void shouldHoldALegacyFileToItsKeys() throws IOException {
        var start = "\u0080\u0002\u008a\n\u006c\u00fc\u009c\u0046\u00f9\u0020\u006a\u00a8\u0050\u0019."
                + "\u0080\u0002M\u00e9\u0003.\u0080\u0002}.";
        var tensor =
                "\u0080\u0002ctorch._utils\n_rebuild_tensor\n((S'storage'\nctorch\nFloatStorage\nS'7'\nS'cpu'\nI1\nN"
                        + "tQI0\n(I1\nI1\nt(I1\nI1\nttR.";
        var one = "\u0001" + "\u0000".repeat(7);
        assertThat(scan(bytes(start + tensor + "](S'8'\ne." + one)).getReason())
                .contains("storage 8: expected the key of a storage of the value");
        assertThat(scan(bytes(start + tensor + "](S'7'\ne.\u0002" + "\u0000".repeat(7)))
                        .getReason())
                .contains("storage 7 at byte")
                .contains("expected 1 numbers, got 2");
        assertThat(scan(bytes(start + tensor + "](S'7'\ne." + one)).getReason())
                .contains("expected 1 numbers of 4 bytes, the file has 0 more bytes");
        assertThat(scan(bytes(start + tensor + "].")).getReason())
                .isEqualTo("storage 7: the file has no numbers for it");
        assertThat(scan(bytes(start + tensor + "](S'7'\ne." + one + "\u0000".repeat(4)))
                        .getOutcome())
                .isEqualTo(Outcome.DEGENERATE);
        assertThat(scan(bytes(start.replace("M\u00e9", "M\u00ea") + tensor)).getReason())
                .isEqualTo("protocol version at byte 15: expected 1001, got 1002");
    }

    @Test
    void shouldHoldATarHeaderToItsChecksum() throws IOException {
        var tar = ModelFixtures.bytes("mini.tar");
        tar[1]++;
        var scan = scan(tar);
        assertThat(scan.getOutcome()).isEqualTo(Outcome.UNSUPPORTED);
        var second = ModelFixtures.bytes("mini.tar");
        second[1024 + 101]++;
        assertThat(scan(second).getOutcome()).isEqualTo(Outcome.MALFORMED);
        assertThat(scan(second).getReason()).contains("tar header at byte 1024: expected checksum");
    }

    /** Text and other content must not be taken for an old pickle. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "Version 1.0\n",
                "(a list)\n",
                "Now is the time\n",
                "class A:\n  pass\n",
                "]\n",
                "GGUF0123456789",
                "0"
            })
    void shouldNotTakeTextForAPickle(String text) throws IOException {
        var scan = scan(bytes(text));
        assertThat(scan.getOutcome()).isEqualTo(Outcome.UNSUPPORTED);
        assertThat(scan.getFormat()).isNull();
    }

    private FileScan scan(byte[] content) throws IOException {
        var file = Files.write(folder.resolve("file"), content);
        return new ModelScanner(ReadLimits.STANDARD, ReadingHasher.create()).scan(file, "file");
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
