package io.weighbridge.matcher;

import io.weighbridge.hash.PerceptualCode;
import io.weighbridge.schemas.avro.Code;
import io.weighbridge.schemas.avro.FileScan;
import io.weighbridge.schemas.avro.InfringementAlert;
import io.weighbridge.schemas.avro.ModelCode;
import io.weighbridge.schemas.avro.Outcome;
import io.weighbridge.schemas.avro.ProtectedRef;
import io.weighbridge.schemas.avro.UploadRef;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;

/** Records of codes, as the hasher would send them. */
final class TestEvents {

    /** Time zero of the tests. */
    static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private TestEvents() {}

    static ModelCode upload(String id, String repo, Instant uploadedAt, PerceptualCode... codes) {
        return ModelCode.newBuilder()
                .setUpload(UploadRef.newBuilder()
                        .setId(id)
                        .setHub("hub")
                        .setRepo(repo)
                        .setRevision("r-" + id)
                        .setOwner(repo.split("/")[0])
                        .setUploadedAt(uploadedAt)
                        .build())
                .setFile(scan("weights.bin", codes))
                .build();
    }

    static ModelCode protection(String id, Instant protectedAt, PerceptualCode... codes) {
        return ModelCode.newBuilder()
                .setProtectedModel(ProtectedRef.newBuilder()
                        .setId(id)
                        .setName("name of " + id)
                        .setOwner("owner")
                        .setProtectedAt(protectedAt)
                        .build())
                .setFile(scan("original.bin", codes))
                .build();
    }

    static FileScan scan(String path, PerceptualCode... codes) {
        return FileScan.newBuilder()
                .setPath(path)
                .setOutcome(Outcome.HASHED)
                .setFormat("safetensors")
                .setSizeBytes(1_000)
                .setQuality(0.9)
                .setCodes(Arrays.stream(codes).map(TestEvents::code).toList())
                .build();
    }

    static Code code(PerceptualCode code) {
        return Code.newBuilder()
                .setAlgorithm(code.algorithm().name())
                .setVersion(code.algorithm().version())
                .setBits(code.bits())
                .setWords(ByteBuffer.wrap(code.toBytes()))
                .build();
    }

    /** What tells one match from all others: the upload, its path and code, the protection and its code. */
    static List<String> pair(ModelCode upload, ModelCode protection, PerceptualCode uploaded, PerceptualCode original) {
        return List.of(
                upload.getUpload().getId(),
                upload.getFile().getPath(),
                uploaded.toString(),
                protection.getProtectedModel().getId(),
                protection.getProtectedModel().getProtectedAt().toString(),
                original.toString());
    }

    static List<String> pair(InfringementAlert alert) {
        return List.of(
                alert.getUpload().getId(),
                alert.getUploadFile().getPath(),
                IndexEntry.codeOf(alert.getUploadFile().getCodes().get(0)).toString(),
                alert.getProtectedModel().getId(),
                alert.getProtectedModel().getProtectedAt().toString(),
                IndexEntry.codeOf(alert.getProtectedFile().getCodes().get(0)).toString());
    }
}
