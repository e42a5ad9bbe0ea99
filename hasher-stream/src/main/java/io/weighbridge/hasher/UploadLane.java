package io.weighbridge.hasher;

import io.weighbridge.schemas.avro.FileScan;
import io.weighbridge.schemas.avro.ModelCode;
import io.weighbridge.schemas.avro.ModelFile;
import io.weighbridge.schemas.avro.ScanOutcome;
import io.weighbridge.schemas.avro.UploadEvent;
import io.weighbridge.schemas.avro.UploadRef;
import java.util.List;
import java.util.stream.Stream;

/** Uploads to a model hub: new ones, or those that were there before. */
record UploadLane(Share share) implements Lane<UploadEvent> {

    @Override
    public String name() {
        return share == Share.LIVE ? "upload" : "backfill";
    }

    @Override
    public String key(UploadEvent upload) {
        return upload.getHub() + "/" + upload.getRepo();
    }

    @Override
    public String eventId(UploadEvent upload) {
        return upload.getId();
    }

    @Override
    public int echoedChars(UploadEvent upload) {
        var names = Stream.of(
                upload.getId(),
                upload.getHub(),
                upload.getRepo(),
                upload.getRevision(),
                upload.getOwner(),
                upload.getUploader() == null ? "" : upload.getUploader());
        var paths = upload.getFiles().stream().map(ModelFile::getPath);
        return Stream.concat(names, paths).mapToInt(String::length).sum();
    }

    @Override
    public boolean isReplacing() {
        return false;
    }

    @Override
    public List<ModelFile> files(UploadEvent upload) {
        return upload.getFiles();
    }

    @Override
    public ModelCode code(UploadEvent upload, FileScan file) {
        return ModelCode.newBuilder().setUpload(ref(upload)).setFile(file).build();
    }

    @Override
    public ScanOutcome outcome(UploadEvent upload, ScanReport report) {
        return ScanOutcome.newBuilder()
                .setUpload(ref(upload))
                .setOutcome(report.outcome())
                .setReason(report.reason())
                .setFiles(report.files())
                .setCompletedAt(report.completedAt())
                .setDurationMillis(report.took().toMillis())
                .build();
    }

    private static UploadRef ref(UploadEvent upload) {
        return UploadRef.newBuilder()
                .setId(upload.getId())
                .setHub(upload.getHub())
                .setRepo(upload.getRepo())
                .setRevision(upload.getRevision())
                .setOwner(upload.getOwner())
                .setUploader(upload.getUploader())
                .setUploadedAt(upload.getUploadedAt())
                .setLicense(upload.getLicense())
                .build();
    }
}
