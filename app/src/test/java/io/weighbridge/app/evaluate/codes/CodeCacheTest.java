package io.weighbridge.app.evaluate.codes;

import static org.assertj.core.api.Assertions.assertThat;

import io.weighbridge.app.evaluate.codes.Column.Single;
import io.weighbridge.hash.HashAlgorithm;
import io.weighbridge.hash.PerceptualCode;
import io.weighbridge.hash.nts.Encoding;
import io.weighbridge.hash.nts.Importance;
import io.weighbridge.hash.nts.NormalTestStatistics;
import io.weighbridge.hash.nts.NormalityTest;
import io.weighbridge.hash.nts.NtsVariant;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CodeCacheTest {

    private static final String A = "a".repeat(64);
    private static final String B = "b".repeat(64);

    @TempDir
    private Path folder;

    private final Single column = column(NormalityTest.KURTOSIS);
    private final PerceptualCode code = PerceptualCode.of(column.algorithm().id(), 1, -2, 3, -4);

    @Test
    void shouldFindCodesAgainInAnotherRun() throws IOException {
        CodeCache.open(folder, column).put(A, code);
        CodeCache.open(folder, column).put(B, code);

        assertThat(CodeCache.open(folder, column).get(A)).contains(code);
        assertThat(CodeCache.open(folder, column).get(B)).contains(code);
        assertThat(CodeCache.open(folder, column).get("c".repeat(64))).isEmpty();
    }

    @Test
    void shouldLiveOnAfterALineThatWasCutOff() throws IOException {
        CodeCache.open(folder, column).put(A, code);
        Files.writeString(onlyFile(), "\n" + B + ",0011", StandardOpenOption.APPEND);

        CodeCache.open(folder, column).put(B, code);

        assertThat(CodeCache.open(folder, column).get(A)).contains(code);
        assertThat(CodeCache.open(folder, column).get(B)).contains(code);
    }

    @Test
    void shouldNotFindTheCodesOfAnAlgorithmThatChangedUnderItsName() throws IOException {
        CodeCache.open(folder, column).put(A, code);

        assertThat(CodeCache.open(folder, column(NormalityTest.LILLIEFORS)).get(A))
                .isEmpty();
    }

    private Path onlyFile() throws IOException {
        try (var files = Files.list(folder)) {
            return files.findFirst().orElseThrow();
        }
    }

    private static Single column(NormalityTest test) {
        HashAlgorithm algorithm =
                NormalTestStatistics.of(new NtsVariant(Importance.WEIGHT_MAGNITUDE, 1, test, 256, Encoding.MEDIAN));
        return new Single("nts", "nts", algorithm);
    }
}
