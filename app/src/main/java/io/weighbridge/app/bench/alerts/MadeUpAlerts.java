package io.weighbridge.app.bench.alerts;

import io.weighbridge.schemas.avro.Code;
import io.weighbridge.schemas.avro.FileScan;
import io.weighbridge.schemas.avro.InfringementAlert;
import io.weighbridge.schemas.avro.LayerEvidence;
import io.weighbridge.schemas.avro.LayerMatch;
import io.weighbridge.schemas.avro.Outcome;
import io.weighbridge.schemas.avro.ProtectedRef;
import io.weighbridge.schemas.avro.UploadRef;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;

/** Alerts as large as those of a network of fifty layers, each a revision of its own; those of one case are as many as there are rounds. */
final class MadeUpAlerts {

    private static final int BITS = 1024;
    private static final int THRESHOLD = 338;
    private static final int LAYERS = 50;
    private static final Instant PROTECTED_AT = Instant.parse("2026-01-01T00:00:00Z");

    private final int cases;
    private final LayerEvidence layers = layers();

    MadeUpAlerts(int cases) {
        this.cases = cases;
    }

    String alertId(int number) {
        return String.format("%032x", number % cases);
    }

    /** How many of the first alerts are of a case. */
    int occurrences(int caseNumber, int alerts) {
        return alerts / cases + (caseNumber < alerts % cases ? 1 : 0);
    }

    InfringementAlert alert(int number, Instant uploadedAt) {
        int repository = number % cases;
        return InfringementAlert.newBuilder()
                .setAlertId(alertId(number))
                .setUpload(UploadRef.newBuilder()
                        .setId("upload-" + number)
                        .setHub("bench")
                        .setRepo("owner-" + repository % 100 + "/model-" + repository)
                        .setRevision("r" + number / cases)
                        .setOwner("owner-" + repository % 100)
                        .setUploadedAt(uploadedAt)
                        .build())
                .setUploadFile(file("model.safetensors"))
                .setProtectedModel(ProtectedRef.newBuilder()
                        .setId("protected-" + repository % 50)
                        .setName("protected " + repository % 50)
                        .setOwner("bench")
                        .setProtectedAt(PROTECTED_AT)
                        .build())
                .setProtectedFile(file("original.safetensors"))
                .setAlgorithm("pri")
                .setVersion(3)
                .setBits(BITS)
                .setDistanceBits(number % THRESHOLD)
                .setThresholdBits(THRESHOLD)
                .setFalseMatchRate(Math.pow(10, (number % THRESHOLD) / 25.0 - 23))
                .setMatchedAt(uploadedAt)
                .setLayerEvidence(layers)
                .build();
    }

    private static FileScan file(String path) {
        return FileScan.newBuilder()
                .setPath(path)
                .setOutcome(Outcome.HASHED)
                .setFormat("safetensors")
                .setSha256("0".repeat(64))
                .setSizeBytes(100_000_000)
                .setTensors(2 * LAYERS)
                .setParameters(25_000_000)
                .setQuality(1)
                .setCodes(List.of(Code.newBuilder()
                        .setAlgorithm("pri")
                        .setVersion(3)
                        .setBits(BITS)
                        .setWords(ByteBuffer.allocate(BITS / Byte.SIZE))
                        .build()))
                .build();
    }

    private static LayerEvidence layers() {
        return LayerEvidence.newBuilder()
                .setUploadLayers(LAYERS)
                .setProtectedLayers(LAYERS)
                .setMatchedLayers(LAYERS)
                .setUploadShare(1)
                .setProtectedShare(1)
                .setFalseMatchRate(1e-30)
                .setLayerMatches(IntStream.range(0, LAYERS)
                        .mapToObj(layer -> LayerMatch.newBuilder()
                                .setUploadLayer("features." + layer + ".weight")
                                .setProtectedLayer("features." + layer + ".weight")
                                .setDistanceBits(3)
                                .setBits(256)
                                .setFalseMatchRate(1e-20)
                                .setIsMatch(true)
                                .build())
                        .toList())
                .build();
    }
}
