package io.weighbridge.hasher;

import io.weighbridge.schemas.avro.FileScan;
import io.weighbridge.schemas.avro.ModelCode;
import io.weighbridge.schemas.avro.ModelFile;
import io.weighbridge.schemas.avro.ProtectedModel;
import io.weighbridge.schemas.avro.ProtectedRef;
import io.weighbridge.schemas.avro.ScanOutcome;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Registrations of protected models. */
final class ProtectionLane implements Lane<ProtectedModel> {

    @Override
    public String name() {
        return "protection";
    }

    @Override
    public String key(ProtectedModel model) {
        return model.getId();
    }

    @Override
    public String eventId(ProtectedModel model) {
        return model.getId() + "/" + model.getProtectedAt().toEpochMilli();
    }

    /** A withdrawal names the record key alone, so it would not reach codes under another id. */
    @Override
    public Optional<String> refusal(String recordKey, ProtectedModel model) {
        return model.getId().equals(recordKey)
                ? Optional.empty()
                : Optional.of("id: expected the record's key " + recordKey + ", got " + model.getId());
    }

    @Override
    public int echoedChars(ProtectedModel model) {
        return Stream.of(
                        model.getId(),
                        model.getName(),
                        model.getOwner(),
                        model.getFile().getPath())
                .mapToInt(String::length)
                .sum();
    }

    @Override
    public boolean isReplacing() {
        return true;
    }

    @Override
    public List<ModelFile> files(ProtectedModel model) {
        return List.of(model.getFile());
    }

    /** One for each model, as its key stands for one: of a repository with several files, the file with most numbers; the first of equals. */
    @Override
    public List<FileScan> coded(ScanReport report) {
        return report.hashed().stream().reduce((a, b) -> b.getParameters() > a.getParameters() ? b : a).stream()
                .toList();
    }

    @Override
    public ModelCode code(ProtectedModel model, FileScan file) {
        return ModelCode.newBuilder()
                .setProtectedModel(ref(model))
                .setFile(file)
                .build();
    }

    @Override
    public ScanOutcome outcome(ProtectedModel model, ScanReport report) {
        return ScanOutcome.newBuilder()
                .setProtectedModel(ref(model))
                .setOutcome(report.outcome())
                .setReason(report.reason())
                .setFiles(report.files())
                .setCompletedAt(report.completedAt())
                .setDurationMillis(report.took().toMillis())
                .build();
    }

    private static ProtectedRef ref(ProtectedModel model) {
        return ProtectedRef.newBuilder()
                .setId(model.getId())
                .setName(model.getName())
                .setOwner(model.getOwner())
                .setProtectedAt(model.getProtectedAt())
                .setIsBaseline(model.getIsBaseline())
                .setMode(model.getMode())
                .build();
    }
}
