package io.weighbridge.schemas;

import io.weighbridge.schemas.avro.AuditEntry;
import io.weighbridge.schemas.avro.CaseDecision;
import io.weighbridge.schemas.avro.CaseState;
import io.weighbridge.schemas.avro.Code;
import io.weighbridge.schemas.avro.DeadLetter;
import io.weighbridge.schemas.avro.FileScan;
import io.weighbridge.schemas.avro.IndexAction;
import io.weighbridge.schemas.avro.IndexMessage;
import io.weighbridge.schemas.avro.IndexMode;
import io.weighbridge.schemas.avro.IndexSide;
import io.weighbridge.schemas.avro.InfringementAlert;
import io.weighbridge.schemas.avro.InfringementCase;
import io.weighbridge.schemas.avro.LayerCode;
import io.weighbridge.schemas.avro.LayerEvidence;
import io.weighbridge.schemas.avro.LayerKind;
import io.weighbridge.schemas.avro.LayerMatch;
import io.weighbridge.schemas.avro.ModelCode;
import io.weighbridge.schemas.avro.ModelFile;
import io.weighbridge.schemas.avro.Outcome;
import io.weighbridge.schemas.avro.ProtectedModel;
import io.weighbridge.schemas.avro.ProtectedRef;
import io.weighbridge.schemas.avro.ProtectionMode;
import io.weighbridge.schemas.avro.ProtectionPolicy;
import io.weighbridge.schemas.avro.ScanOutcome;
import io.weighbridge.schemas.avro.Suppression;
import io.weighbridge.schemas.avro.UploadEvent;
import io.weighbridge.schemas.avro.UploadRef;
import io.weighbridge.schemas.avro.Verdict;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;

/** Sample records, the same on every call; change what matters with {@code UploadEvent.newBuilder(TestRecords.uploadEvent())}. */
public final class TestRecords {

    /** When the sample model was protected. */
    public static final Instant PROTECTED_AT = Instant.parse("2026-01-01T00:00:00Z");

    /** When the sample upload was made. */
    public static final Instant UPLOADED_AT = Instant.parse("2026-02-03T04:05:06.789Z");

    private static final String SHA256 = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";

    private TestRecords() {}

    /** One of each record that is the value of a topic, in the order of {@link Topics#all()}. */
    public static List<SpecificRecord> all() {
        return List.of(
                uploadEvent(),
                protectedModel(),
                uploadCode(),
                protectedCode(),
                indexMessage(),
                scanOutcome(),
                infringementAlert(),
                infringementCase(),
                caseDecision(),
                suppression(),
                protectionPolicy(),
                auditEntry(),
                deadLetter());
    }

    /** Key of the records that speak of the sample upload. */
    public static String uploadKey() {
        return "local/mallory/resnet-mini";
    }

    public static ModelFile modelFile() {
        return ModelFile.newBuilder()
                .setPath("model.safetensors")
                .setUrl("file:///models/model.safetensors")
                .setSizeBytes(1_048_576L)
                .setSha256(SHA256)
                .build();
    }

    public static UploadEvent uploadEvent() {
        return UploadEvent.newBuilder()
                .setId("5f3c1a52-upload-1")
                .setHub("local")
                .setRepo("mallory/resnet-mini")
                .setRevision("main")
                .setOwner("mallory")
                .setUploader("mallory")
                .setIsPrivate(false)
                .setFiles(List.of(modelFile()))
                .setUploadedAt(UPLOADED_AT)
                .build();
    }

    public static UploadRef uploadRef() {
        return UploadRef.newBuilder()
                .setId("5f3c1a52-upload-1")
                .setHub("local")
                .setRepo("mallory/resnet-mini")
                .setRevision("main")
                .setOwner("mallory")
                .setUploader("mallory")
                .setUploadedAt(UPLOADED_AT)
                .build();
    }

    public static ProtectedModel protectedModel() {
        return ProtectedModel.newBuilder()
                .setId("alice-resnet-mini")
                .setName("Résnet mini 🐘")
                .setOwner("alice")
                .setFile(modelFile())
                .setProtectedAt(PROTECTED_AT)
                .build();
    }

    public static ProtectedRef protectedRef() {
        return ProtectedRef.newBuilder()
                .setId("alice-resnet-mini")
                .setName("Résnet mini 🐘")
                .setOwner("alice")
                .setProtectedAt(PROTECTED_AT)
                .build();
    }

    /** A code of 256 bits, all bytes the same. */
    public static Code code(String algorithm, int everyByte) {
        byte[] words = new byte[32];
        Arrays.fill(words, (byte) everyByte);
        return Code.newBuilder()
                .setAlgorithm(algorithm)
                .setVersion(1)
                .setBits(256)
                .setWords(ByteBuffer.wrap(words))
                .build();
    }

    /** The scan of the sample file, with the given codes. */
    public static FileScan fileScan(Code... codes) {
        return FileScan.newBuilder()
                .setPath("model.safetensors")
                .setOutcome(Outcome.HASHED)
                .setFormat("safetensors")
                .setSha256(SHA256)
                .setSizeBytes(1_048_576)
                .setTensors(12)
                .setParameters(262_144)
                .setQuality(0.875)
                .setCodes(List.of(codes))
                .build();
    }

    /** A layer with a code of 256 bits, all bytes the same. */
    public static LayerCode layer(String name, LayerKind kind, int outputs, int inputs, int positions, int everyByte) {
        return LayerCode.newBuilder()
                .setName(name)
                .setKind(kind)
                .setOutputs(outputs)
                .setInputs(inputs)
                .setPositions(positions)
                .setStructure(0.75f)
                .setVersion(2)
                .setWords(code("layer", everyByte).getWords())
                .build();
    }

    /** The same scan with the codes of two layers. */
    public static FileScan withLayers(FileScan scan) {
        return FileScan.newBuilder(scan)
                .setLayers(List.of(
                        layer("conv1.weight", LayerKind.CONVOLUTION, 16, 3, 9, 0x33),
                        layer("fc.weight", LayerKind.DENSE, 10, 64, 1, 0x55)))
                .build();
    }

    /** Evidence that the first of two layers was copied. */
    public static LayerEvidence layerEvidence() {
        return LayerEvidence.newBuilder()
                .setUploadLayers(2)
                .setProtectedLayers(3)
                .setMatchedLayers(1)
                .setUploadShare(0.75)
                .setProtectedShare(0.5)
                .setFalseMatchRate(1e-12)
                .setLayerMatches(List.of(
                        LayerMatch.newBuilder()
                                .setUploadLayer("conv1.weight")
                                .setProtectedLayer("features.0.weight")
                                .setDistanceBits(7)
                                .setBits(256)
                                .setFalseMatchRate(1e-13)
                                .setIsMatch(true)
                                .build(),
                        LayerMatch.newBuilder().setUploadLayer("fc.weight").build()))
                .build();
    }

    /** A code of the sample upload on its way to the matcher's index. */
    public static IndexMessage indexMessage() {
        return IndexMessage.newBuilder()
                .setAction(IndexAction.PUT)
                .setSide(IndexSide.UPLOAD)
                .setAlgorithm("pri@3")
                .setPosition(3)
                .setGroup(0)
                .setModes(List.of(IndexMode.SCAN))
                .setWords(code("pri", 0x0f).getWords())
                .setId(uploadRef().getId())
                .setPath("model.safetensors")
                .setHappenedAt(UPLOADED_AT)
                .setArrivedAt(UPLOADED_AT)
                .setDetails(uploadCode())
                .build();
    }

    public static ModelCode uploadCode() {
        return ModelCode.newBuilder()
                .setUpload(uploadRef())
                .setFile(withLayers(fileScan(code("pri", 0x0f), code("iwp", 0xf0))))
                .build();
    }

    public static ModelCode protectedCode() {
        return ModelCode.newBuilder()
                .setProtectedModel(protectedRef())
                .setFile(withLayers(fileScan(code("pri", 0x0f), code("iwp", 0xf1))))
                .build();
    }

    public static ScanOutcome scanOutcome() {
        return ScanOutcome.newBuilder()
                .setUpload(uploadRef())
                .setOutcome(Outcome.PARTIAL)
                .setReason("1 of 2 files: UNSUPPORTED")
                .setFiles(List.of(
                        withLayers(fileScan(code("pri", 0x0f))),
                        FileScan.newBuilder()
                                .setPath("readme.md")
                                .setOutcome(Outcome.UNSUPPORTED)
                                .setReason("no known format at byte 0")
                                .build()))
                .setCompletedAt(UPLOADED_AT.plusSeconds(2))
                .setDurationMillis(1_234)
                .build();
    }

    public static InfringementAlert infringementAlert() {
        return InfringementAlert.newBuilder()
                .setAlertId("a3f1c0ffee")
                .setUpload(uploadRef())
                .setUploadFile(fileScan(code("pri", 0x0f)))
                .setProtectedModel(protectedRef())
                .setProtectedFile(fileScan(code("pri", 0x0f)))
                .setAlgorithm("pri")
                .setVersion(1)
                .setBits(256)
                .setDistanceBits(0)
                .setThresholdBits(40)
                .setFalseMatchRate(1e-18)
                .setMatchedAt(UPLOADED_AT)
                .setLayerEvidence(layerEvidence())
                .build();
    }

    public static InfringementCase infringementCase() {
        return InfringementCase.newBuilder()
                .setAlertId("a3f1c0ffee")
                .setBest(infringementAlert())
                .setLatest(infringementAlert())
                .setRevisions(List.of("main"))
                .setOccurrences(1)
                .setFirstSeenAt(UPLOADED_AT.plusSeconds(3))
                .setLastSeenAt(UPLOADED_AT.plusSeconds(4))
                .build();
    }

    /** Somebody dismissed the sample alert. */
    public static CaseDecision caseDecision() {
        return CaseDecision.newBuilder()
                .setId("d1")
                .setAlertId(infringementAlert().getAlertId())
                .setActor("ann")
                .setDecidedAt(UPLOADED_AT.plusSeconds(60))
                .setState(CaseState.CLOSED)
                .setVerdict(Verdict.FALSE_POSITIVE)
                .setReason("another architecture")
                .setEvidenceVersion(1)
                .build();
    }

    /** What mallory uploads is left alone for a while. */
    public static Suppression suppression() {
        return Suppression.newBuilder()
                .setId("rule/1")
                .setOwner("mallory")
                .setVerdict(Verdict.TEST)
                .setAuthor("ann")
                .setReason("our own red team")
                .setCreatedAt(UPLOADED_AT)
                .setExpiresAt(UPLOADED_AT.plusSeconds(3600))
                .build();
    }

    /** The sample model in shadow mode. */
    public static ProtectionPolicy protectionPolicy() {
        return ProtectionPolicy.newBuilder()
                .setProtectedModelId(protectedModel().getId())
                .setMode(ProtectionMode.SHADOW)
                .setAuthorisedOwners(List.of("alice-labs"))
                .setAuthorisedLicenses(List.of("apache-2.0"))
                .setChangedBy("ann")
                .setReason("first a look")
                .setChangedAt(PROTECTED_AT)
                .build();
    }

    /** A decision by the HTTP API. */
    public static AuditEntry auditEntry() {
        return AuditEntry.newBuilder()
                .setId("r1")
                .setAt(UPLOADED_AT)
                .setActor("ann")
                .setRole("analyst")
                .setMethod("POST")
                .setPath("/api/v1/alerts/a1/decisions")
                .setStatus(200)
                .setRemote("127.0.0.1")
                .setIdempotencyKey("k1")
                .build();
    }

    public static DeadLetter deadLetter() {
        return DeadLetter.newBuilder()
                .setTopic("model-uploads.v1")
                .setPartition(3)
                .setOffset(41)
                .setStage("hasher/read-uploads")
                .setCause("magic byte at byte 0 of a value of model-uploads.v1: expected 0, got 123")
                .setKey(ByteBuffer.wrap(new byte[] {1, 2, 3}))
                .setValue(ByteBuffer.wrap(new byte[] {123, 125}))
                .setFailedAt(UPLOADED_AT)
                .build();
    }
}
