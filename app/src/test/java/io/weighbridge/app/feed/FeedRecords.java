package io.weighbridge.app.feed;

import io.weighbridge.schemas.TestRecords;
import io.weighbridge.schemas.avro.FileScan;
import io.weighbridge.schemas.avro.InfringementAlert;
import io.weighbridge.schemas.avro.InfringementCase;
import io.weighbridge.schemas.avro.ModelCode;
import io.weighbridge.schemas.avro.Outcome;
import io.weighbridge.schemas.avro.ProtectedModel;
import io.weighbridge.schemas.avro.ProtectedRef;
import io.weighbridge.schemas.avro.ScanOutcome;
import io.weighbridge.schemas.avro.UploadEvent;
import io.weighbridge.schemas.avro.UploadRef;
import java.time.Instant;
import java.util.List;

/** Records of a small pipeline: upload n was made n seconds after the first. */
public final class FeedRecords {

    public static final Instant START = TestRecords.UPLOADED_AT;
    public static final Instant PROTECTED_AT = TestRecords.PROTECTED_AT;

    private FeedRecords() {}

    public static String uploadId(int n) {
        return "upload-" + n;
    }

    public static Instant uploadedAt(int n) {
        return START.plusSeconds(n);
    }

    public static UploadEvent upload(int n) {
        return UploadEvent.newBuilder(TestRecords.uploadEvent())
                .setId(uploadId(n))
                .setRepo("mallory/model-" + n)
                .setUploadedAt(uploadedAt(n))
                .build();
    }

    public static UploadRef reference(int n) {
        return UploadRow.reference(upload(n));
    }

    /** Ends two seconds after the upload. */
    public static ScanOutcome outcome(int n, Outcome outcome) {
        return outcomeOf(reference(n), outcome);
    }

    /** Ends two seconds after the upload. */
    public static ScanOutcome outcomeOf(UploadRef upload, Outcome outcome) {
        boolean hasCodes = outcome == Outcome.HASHED || outcome == Outcome.PARTIAL;
        var file = hasCodes
                ? TestRecords.fileScan(TestRecords.code("pri", 0x0f))
                : FileScan.newBuilder()
                        .setPath("model.bin")
                        .setOutcome(outcome)
                        .setReason("no known format at byte 0")
                        .build();
        return ScanOutcome.newBuilder()
                .setUpload(upload)
                .setOutcome(outcome)
                .setReason(hasCodes ? null : "no known format at byte 0")
                .setFiles(List.of(file))
                .setCompletedAt(upload.getUploadedAt().plusSeconds(2))
                .setDurationMillis(1_500)
                .build();
    }

    public static InfringementAlert alert(int n, String protectedId, int distanceBits, double falseMatchRate) {
        return InfringementAlert.newBuilder(TestRecords.infringementAlert())
                .setAlertId("alert-of-" + protectedId)
                .setUpload(reference(n))
                .setProtectedModel(protectedReference(protectedId, PROTECTED_AT))
                .setDistanceBits(distanceBits)
                .setFalseMatchRate(falseMatchRate)
                .setMatchedAt(uploadedAt(n))
                .build();
    }

    /** Seen the given seconds after the upload. */
    public static InfringementCase caseOf(InfringementAlert alert, int secondsLater) {
        Instant seen = alert.getMatchedAt().plusSeconds(secondsLater);
        return InfringementCase.newBuilder(TestRecords.infringementCase())
                .setAlertId(alert.getAlertId())
                .setBest(alert)
                .setLatest(alert)
                .setFirstSeenAt(seen)
                .setLastSeenAt(seen)
                .build();
    }

    public static ProtectedModel model(String id, Instant protectedAt) {
        return ProtectedModel.newBuilder(TestRecords.protectedModel())
                .setId(id)
                .setProtectedAt(protectedAt)
                .build();
    }

    public static ScanOutcome protectionOutcome(String id, Instant protectedAt, Outcome outcome) {
        return ScanOutcome.newBuilder(outcome(0, outcome))
                .setUpload(null)
                .setProtectedModel(protectedReference(id, protectedAt))
                .build();
    }

    public static ModelCode protectedCode(String id, Instant protectedAt) {
        return ModelCode.newBuilder(TestRecords.protectedCode())
                .setProtectedModel(protectedReference(id, protectedAt))
                .build();
    }

    private static ProtectedRef protectedReference(String id, Instant protectedAt) {
        return ProtectedRef.newBuilder(TestRecords.protectedRef())
                .setId(id)
                .setProtectedAt(protectedAt)
                .build();
    }
}
