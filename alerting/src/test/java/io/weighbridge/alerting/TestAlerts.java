package io.weighbridge.alerting;

import io.weighbridge.schemas.TestRecords;
import io.weighbridge.schemas.avro.BaselineMatch;
import io.weighbridge.schemas.avro.FileScan;
import io.weighbridge.schemas.avro.InfringementAlert;
import io.weighbridge.schemas.avro.UploadRef;
import java.time.Instant;

/** Alerts of one case: revisions of {@code mallory/resnet-mini} that are near {@code alice-resnet-mini}. */
public final class TestAlerts {

    private TestAlerts() {}

    /** The first alert of the case. */
    public static InfringementAlert first() {
        return InfringementAlert.newBuilder(TestRecords.infringementAlert())
                .setNearestBaseline(BaselineMatch.newBuilder()
                        .setId("public-resnet-mini")
                        .setName("ResNet mini")
                        .setDistanceBits(96)
                        .setMarginBits(96)
                        .build())
                .build();
    }

    /** A later upload, the given number of minutes after the first. */
    public static InfringementAlert revision(String revision, int minutesLater) {
        Instant uploadedAt = TestRecords.UPLOADED_AT.plusSeconds(60L * minutesLater);
        var upload = UploadRef.newBuilder(TestRecords.uploadRef())
                .setId("upload-of-" + revision)
                .setRevision(revision)
                .setUploadedAt(uploadedAt)
                .build();
        return InfringementAlert.newBuilder(first())
                .setUpload(upload)
                .setMatchedAt(uploadedAt)
                .build();
    }

    /** The same upload, at another distance. */
    public static InfringementAlert at(InfringementAlert alert, int distanceBits, double falseMatchRate) {
        return InfringementAlert.newBuilder(alert)
                .setDistanceBits(distanceBits)
                .setFalseMatchRate(falseMatchRate)
                .build();
    }

    /** Another file of the same upload. */
    public static InfringementAlert file(InfringementAlert alert, String path) {
        return InfringementAlert.newBuilder(alert)
                .setUploadFile(
                        FileScan.newBuilder(alert.getUploadFile()).setPath(path).build())
                .build();
    }
}
