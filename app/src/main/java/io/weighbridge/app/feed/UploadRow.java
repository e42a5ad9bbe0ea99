package io.weighbridge.app.feed;

import io.weighbridge.schemas.avro.InfringementAlert;
import io.weighbridge.schemas.avro.ModelFile;
import io.weighbridge.schemas.avro.Outcome;
import io.weighbridge.schemas.avro.ScanOutcome;
import io.weighbridge.schemas.avro.UploadEvent;
import io.weighbridge.schemas.avro.UploadRef;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * All that is known of one upload. Its parts come from different topics in any order.
 *
 * @param files as the event announced them; empty until it was read
 * @param outcome null while the scan runs
 * @param alerts one per protected model, file and algorithm, the least likely to be chance first; at most {@value #MAX_ALERTS}
 * @param alertedAt when alerting knew of it; null if it did not
 */
public record UploadRow(
        UploadRef upload,
        List<ModelFile> files,
        ScanOutcome outcome,
        List<InfringementAlert> alerts,
        Instant alertedAt) {

    /** Alerts kept of one upload. */
    public static final int MAX_ALERTS = 32;

    private static final Comparator<InfringementAlert> STRONGEST_FIRST = Comparator.comparingDouble(
                    InfringementAlert::getFalseMatchRate)
            .thenComparingDouble(alert -> (double) alert.getDistanceBits() / alert.getBits());

    public UploadRow {
        files = List.copyOf(files);
        alerts = List.copyOf(alerts);
    }

    static UploadRow of(UploadRef upload) {
        return new UploadRow(upload, List.of(), null, List.of(), null);
    }

    static UploadRef reference(UploadEvent event) {
        return new UploadRef(
                event.getId(),
                event.getHub(),
                event.getRepo(),
                event.getRevision(),
                event.getOwner(),
                event.getUploader(),
                event.getUploadedAt(),
                event.getLicense());
    }

    UploadRow with(UploadEvent event) {
        return new UploadRow(upload, event.getFiles(), outcome, alerts, alertedAt);
    }

    UploadRow with(ScanOutcome newOutcome) {
        return new UploadRow(upload, files, newOutcome, alerts, alertedAt);
    }

    UploadRow with(InfringementAlert alert) {
        var merged = new ArrayList<>(alerts);
        merged.removeIf(known -> isSamePair(known, alert));
        merged.add(alert);
        merged.sort(STRONGEST_FIRST);
        return new UploadRow(upload, files, outcome, merged.subList(0, Math.min(MAX_ALERTS, merged.size())), alertedAt);
    }

    /** The first time counts: later ones are of further files or algorithms. */
    UploadRow alertedAt(Instant time) {
        var first = alertedAt == null || time.isBefore(alertedAt) ? time : alertedAt;
        return new UploadRow(upload, files, outcome, alerts, first);
    }

    private static boolean isSamePair(InfringementAlert a, InfringementAlert b) {
        return a.getAlertId().equals(b.getAlertId())
                && a.getAlgorithm().equals(b.getAlgorithm())
                && a.getVersion() == b.getVersion()
                && a.getUploadFile().getPath().equals(b.getUploadFile().getPath())
                && a.getProtectedFile().getPath().equals(b.getProtectedFile().getPath());
    }

    /** The alert least likely to be chance. */
    public Optional<InfringementAlert> strongest() {
        return alerts.stream().findFirst();
    }

    public MatchState match() {
        if (!alerts.isEmpty()) {
            return MatchState.MATCH;
        }
        if (outcome == null) {
            return MatchState.PENDING;
        }
        if (outcome.getOutcome() == Outcome.HASHED) {
            return MatchState.NO_MATCH;
        }
        return outcome.getOutcome() == Outcome.PARTIAL ? MatchState.INCONCLUSIVE : MatchState.NOT_SCANNED;
    }

    /** The paths of its files, as scanned, or as announced while the scan runs. */
    public Stream<String> paths() {
        return outcome == null
                ? files.stream().map(ModelFile::getPath)
                : outcome.getFiles().stream().map(file -> file.getPath());
    }
}
