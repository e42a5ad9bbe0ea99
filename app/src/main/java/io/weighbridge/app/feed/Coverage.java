package io.weighbridge.app.feed;

import io.weighbridge.schemas.avro.Outcome;
import io.weighbridge.schemas.avro.ScanOutcome;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What became of each upload, in short: the last {@value #KEPT}. A second outcome replaces the first. Not safe for use by many threads.
 */
final class Coverage {

    private static final int KEPT = 100_000;

    private final Map<String, Fate> fates = new BoundedMap<>(KEPT);
    private final Map<String, String> reasons = new BoundedMap<>(10_000);

    void received(String uploadId, Instant uploadedAt) {
        fates.putIfAbsent(uploadId, new Fate(uploadedAt, null, List.of(), null, null));
    }

    void ended(ScanOutcome scan) {
        var upload = scan.getUpload();
        var formats = scan.getFiles().stream()
                .map(file -> file.getFormat() == null ? CoverageReport.NO_FORMAT : file.getFormat())
                .distinct()
                .map(String::intern)
                .toList();
        String reason = scan.getReason() == null ? null : ReasonText.normalised(scan.getReason());
        fates.put(
                upload.getId(),
                new Fate(
                        upload.getUploadedAt(),
                        scan.getOutcome(),
                        formats,
                        reason == null ? null : reasons.computeIfAbsent(reason, text -> text),
                        reason == null ? null : upload.getId()));
    }

    /** Uploads of that time and later. */
    CoverageReport since(Instant time) {
        var report = new CoverageReport();
        new ArrayList<>(fates.values())
                .stream().filter(fate -> !fate.uploadedAt().isBefore(time)).forEach(report::add);
        return report;
    }

    /**
     * @param outcome null while the scan runs
     * @param formats of its files, each once
     * @param reason without what differs between uploads; null if there is none
     * @param uploadId null if there is no reason
     */
    record Fate(Instant uploadedAt, Outcome outcome, List<String> formats, String reason, String uploadId) {}
}
