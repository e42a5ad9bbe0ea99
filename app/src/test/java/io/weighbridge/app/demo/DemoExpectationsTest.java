package io.weighbridge.app.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.weighbridge.app.demo.DemoModel.Expected;
import io.weighbridge.hash.AlgorithmId;
import io.weighbridge.hash.Algorithms;
import io.weighbridge.hash.ModelHasher;
import io.weighbridge.hash.PerceptualCode;
import io.weighbridge.hasher.ModelScanner;
import io.weighbridge.hasher.format.ReadLimits;
import io.weighbridge.schemas.avro.Code;
import io.weighbridge.schemas.avro.FileScan;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the manifest promises of each file comes true when it is scanned. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DemoExpectationsTest {

    private final Map<String, FileScan> scans = new HashMap<>();

    @BeforeAll
    void scanAll(@TempDir Path folder) throws IOException {
        var set = DemoSet.load();
        set.extractTo(folder);
        var scanner = new ModelScanner(ReadLimits.STANDARD, ModelHasher.standard());
        for (var model : set.models())
            scans.computeIfAbsent(model.file(), file -> scanner.scan(folder.resolve(file), file));
    }

    static Stream<DemoModel> models() throws IOException {
        return DemoSet.load().models().stream();
    }

    @ParameterizedTest
    @MethodSource("models")
    void shouldComeToTheExpectedOutcome(DemoModel model) throws IOException {
        var scan = scans.get(model.file());

        if (model.expected() != Expected.MATCH && model.expected() != Expected.NO_MATCH) {
            assertThat(scan.getOutcome()).hasToString(model.expected().name());
            return;
        }
        assertThat(scan.getOutcome()).as(scan.getReason()).hasToString("HASHED");
        var matched = DemoSet.load().protectedModels().stream()
                .filter(original -> isMatch(scan, scans.get(original.file())))
                .map(DemoModel::id)
                .toList();
        assertThat(matched).isEqualTo(model.original() == null ? List.of() : List.of(model.original()));
    }

    private static boolean isMatch(FileScan a, FileScan b) {
        for (int i = 0; i < a.getCodes().size(); i++) {
            var code = code(a.getCodes().get(i));
            int distanceBits = code.distanceBits(code(b.getCodes().get(i)));
            if (distanceBits <= Algorithms.byId(code.algorithm()).thresholdBits()) return true;
        }
        return false;
    }

    private static PerceptualCode code(Code code) {
        var words = new byte[code.getWords().remaining()];
        code.getWords().duplicate().get(words);
        return PerceptualCode.fromBytes(new AlgorithmId(code.getAlgorithm(), code.getVersion()), words);
    }
}
