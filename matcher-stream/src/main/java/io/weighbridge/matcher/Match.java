package io.weighbridge.matcher;

import io.weighbridge.hash.PerceptualCode;
import io.weighbridge.schemas.CloudEvent;
import io.weighbridge.schemas.avro.BaselineMatch;
import io.weighbridge.schemas.avro.FileScan;
import io.weighbridge.schemas.avro.IndexMessage;
import io.weighbridge.schemas.avro.InfringementAlert;
import io.weighbridge.schemas.avro.ModelCode;
import io.weighbridge.schemas.avro.ProtectedRef;
import io.weighbridge.schemas.avro.UploadRef;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * An upload's code within the threshold of a protected model's. All it gives is a function of the two and of the baselines, so that a replay
 * reproduces every alert byte for byte.
 *
 * @param upload the message that brought the upload's details
 * @param protectedModel the message that brought the protected model's details
 * @param baseline the nearest public model, if any is known
 */
record Match(
        MatchRule rule,
        IndexMessage upload,
        PerceptualCode uploadCode,
        IndexMessage protectedModel,
        PerceptualCode protectedCode,
        int distanceBits,
        Optional<BaselineMatch> baseline) {

    /**
     * The part of an alert's id that stands for what was compared. All codes of whole models are one family, so that matches by
     * several algorithms, and of later revisions, are one case.
     */
    static final String FAMILY = "weights";

    private static final String SOURCE = "/weighbridge/matcher";
    private static final String TYPE = "io.weighbridge.infringement.detected.v1";

    private static final int ID_DIGITS = 32;

    InfringementAlert alert() {
        return InfringementAlert.newBuilder()
                .setAlertId(alertId())
                .setUpload(uploadRef())
                .setUploadFile(fileOf(upload.getDetails()))
                .setProtectedModel(protectedRef())
                .setProtectedFile(fileOf(protectedModel.getDetails()))
                .setAlgorithm(rule.id().name())
                .setVersion(rule.id().version())
                .setBits(rule.algorithm().bits())
                .setDistanceBits(distanceBits)
                .setThresholdBits(rule.thresholdBits())
                .setFalseMatchRate(rule.algorithm().falseMatchRate(distanceBits))
                .setMatchedAt(matchedAt())
                .setLayerEvidence(LayerRecords.evidence(
                                upload.getDetails().getFile(),
                                protectedModel.getDetails().getFile())
                        .orElse(null))
                .setNearestBaseline(baseline.orElse(null))
                .build();
    }

    /** With the code that matched alone. The codes of layers would be most of an alert; the evidence says what they are good for. */
    private FileScan fileOf(ModelCode details) {
        return FileScan.newBuilder(details.getFile())
                .setCodes(details.getFile().getCodes().stream()
                        .filter(code -> CodeChange.isOf(rule.id(), code))
                        .toList())
                .setLayers(List.of())
                .build();
    }

    /** Stable for a repository and a protected model: a digest of hub, repository, protected model and {@link #FAMILY}. */
    String alertId() {
        return digest(
                uploadRef().getHub(), uploadRef().getRepo(), protectedRef().getId(), FAMILY);
    }

    /** Event time: the later of uploadedAt and protectedAt. */
    Instant matchedAt() {
        return later(upload.getHappenedAt(), protectedModel.getHappenedAt());
    }

    /**
     * The timestamp of the alert's record: that of the later of the records that brought the two codes. {@link #matchedAt()} may be in the
     * future, which a broker refuses, or so long ago that the topic would remove the alert before anybody has read it.
     */
    long timestampMillis() {
        return later(upload.getArrivedAt(), protectedModel.getArrivedAt()).toEpochMilli();
    }

    /** What the alert's record says of itself; its id is the same whenever this same match is found again. */
    CloudEvent cloudEvent() {
        String id = digest(
                alertId(),
                uploadRef().getId(),
                upload.getPath(),
                uploadCode.toString(),
                protectedCode.toString(),
                protectedRef().getProtectedAt().toString());
        return new CloudEvent(id, SOURCE, TYPE, matchedAt());
    }

    /** The first 32 hexadecimal digits of the SHA-256 of the parts, each after its length in 4 bytes. */
    static String digest(String... parts) {
        try {
            var sha256 = MessageDigest.getInstance("SHA-256");
            for (String part : parts) {
                byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
                sha256.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, bytes.length));
                sha256.update(bytes);
            }
            return HexFormat.of().formatHex(sha256.digest()).substring(0, ID_DIGITS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** Whether the protected model came so late that the upload counts no more. */
    boolean isPast(Duration retention) {
        return Duration.between(upload.getHappenedAt(), protectedModel.getHappenedAt())
                        .compareTo(retention)
                > 0;
    }

    private UploadRef uploadRef() {
        return upload.getDetails().getUpload();
    }

    ProtectedRef protectedRef() {
        return protectedModel.getDetails().getProtectedModel();
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }
}
