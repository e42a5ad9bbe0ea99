package io.weighbridge.hasher.format;

import static org.assertj.core.api.Assertions.assertThat;

import io.weighbridge.hash.ModelHasher;
import io.weighbridge.hasher.ModelScanner;
import io.weighbridge.schemas.avro.Code;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The same network saved in another format has the same invariant code. */
class ReSavedModelTest {

    private final ModelScanner scanner = new ModelScanner(ReadLimits.STANDARD, ModelHasher.standard());

    @TempDir
    Path folder;

    private Code original;

    @BeforeEach
    void hashTheOriginal() throws IOException {
        original = code("tiny.pt");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "tiny.safetensors",
                "tiny.onnx",
                "tiny.h5",
                "tiny-weights.h5",
                "tiny-chunked.h5",
                "dl4j.zip",
                "tiny-module.pt",
                "tiny-script.pt",
                "tiny-legacy.pt",
                "tiny-deflated.pt",
                "tiny-big-endian.pt"
            })
    void shouldHaveTheSameCodeInEveryFormat(String file) throws IOException {
        assertThat(code(file)).isEqualTo(original);
    }

    @ParameterizedTest
    @ValueSource(strings = {"tiny-half.pt", "tiny-half.safetensors"})
    void shouldHaveNearlyTheSameCodeInHalfPrecision(String file) throws IOException {
        assertThat(distanceBits(code(file), original)).isLessThanOrEqualTo(original.getBits() / 50);
    }

    /** Or the tests above would pass for any code. */
    @Test
    void shouldHaveAnotherCodeForAnotherNetwork() throws IOException {
        assertThat(distanceBits(code("another.pt"), original)).isGreaterThan(original.getBits() / 4);
    }

    private Code code(String file) throws IOException {
        var scan = scanner.scan(ModelFixtures.copyTo(folder, file), file);
        assertThat(scan.getReason()).as(file).isNull();
        return scan.getCodes().stream()
                .filter(code -> code.getAlgorithm().equals("pri"))
                .findFirst()
                .orElseThrow();
    }

    private static int distanceBits(Code a, Code b) {
        ByteBuffer x = a.getWords();
        ByteBuffer y = b.getWords();
        int distance = 0;
        for (int i = 0; i < x.remaining(); i++) {
            distance += Integer.bitCount((x.get(i) ^ y.get(i)) & 0xff);
        }
        return distance;
    }
}
