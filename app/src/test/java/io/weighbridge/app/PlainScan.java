package io.weighbridge.app;

import io.weighbridge.app.demo.DemoModel;
import io.weighbridge.app.demo.DemoSet;
import io.weighbridge.hash.HashAlgorithm;
import io.weighbridge.hash.ModelHasher;
import io.weighbridge.hash.PerceptualCode;
import io.weighbridge.hasher.ModelScanner;
import io.weighbridge.hasher.format.ReadLimits;
import io.weighbridge.schemas.avro.FileScan;
import io.weighbridge.schemas.avro.Outcome;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The oracle: every upload against every protected model, without Kafka. */
public final class PlainScan {

    private static final List<String> ALERTING = List.of("pri@3", "iwp@2");

    private final DemoSet set;
    private final Path folder;
    private final ModelHasher hasher = ModelHasher.standard();
    private final Map<String, FileScan> scans = new HashMap<>();
    private final ModelScanner scanner = new ModelScanner(ReadLimits.STANDARD, hasher);

    public PlainScan(DemoSet set, Path folder) {
        this.set = set;
        this.folder = folder;
    }

    /** Protected id, algorithm and distance of each match. */
    public List<String> matchesOf(DemoModel upload) {
        FileScan uploaded = scan(upload);
        return set.protectedModels().stream()
                .flatMap(model -> hasher.algorithms().stream()
                        .filter(algorithm -> ALERTING.contains(algorithm.id().toString()))
                        .flatMap(algorithm -> distance(uploaded, scan(model), algorithm).stream()
                                .filter(distance -> distance <= algorithm.thresholdBits())
                                .map(distance -> model.id() + " " + algorithm.id() + " " + distance)))
                .toList();
    }

    /** What becomes of the file by itself. */
    public Outcome outcomeOf(DemoModel upload) {
        return scan(upload).getOutcome();
    }

    private FileScan scan(DemoModel model) {
        return scans.computeIfAbsent(model.file(), file -> scanner.scan(folder.resolve(file), file));
    }

    private static Optional<Integer> distance(FileScan a, FileScan b, HashAlgorithm algorithm) {
        return code(a, algorithm).flatMap(codeA -> code(b, algorithm).map(codeA::distanceBits));
    }

    private static Optional<PerceptualCode> code(FileScan scan, HashAlgorithm algorithm) {
        return scan.getCodes().stream()
                .filter(code -> (code.getAlgorithm() + "@" + code.getVersion())
                        .equals(algorithm.id().toString()))
                .map(code ->
                        PerceptualCode.fromBytes(algorithm.id(), code.getWords().array()))
                .findFirst();
    }
}
