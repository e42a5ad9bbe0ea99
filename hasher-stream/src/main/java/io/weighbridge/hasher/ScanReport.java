package io.weighbridge.hasher;

import io.weighbridge.schemas.avro.FileScan;
import io.weighbridge.schemas.avro.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * What the scan of a request came to.
 *
 * @param reason why files have no codes, and what was left out; null if there is nothing to say
 * @param took fetching, reading and hashing
 */
public record ScanReport(Outcome outcome, String reason, List<FileScan> files, Instant completedAt, Duration took) {

    public ScanReport {
        files = List.copyOf(files);
    }

    /**
     * All files hashed, or read with one that is: HASHED; some, or some of what a file holds: PARTIAL; none: the outcome of the first. The reason names the
     * first file that was not hashed as a whole.
     */
    static ScanReport of(List<FileScan> files, Instant completedAt, Duration took) {
        if (files.isEmpty()) {
            return new ScanReport(Outcome.MALFORMED, "no files", files, completedAt, took);
        }
        var others = files.stream().filter(file -> !isWhole(file)).toList();
        if (others.isEmpty()) {
            return new ScanReport(Outcome.HASHED, null, files, completedAt, took);
        }
        var first = others.get(0);
        String reason = first.getPath() + ": " + first.getReason();
        return files.stream().noneMatch(ScanReport::hasCodes)
                ? new ScanReport(first.getOutcome(), reason, files, completedAt, took)
                : new ScanReport(
                        Outcome.PARTIAL,
                        others.size() + " of " + files.size() + " files not wholly hashed; " + reason,
                        files,
                        completedAt,
                        took);
    }

    /** Nothing was scanned. */
    static ScanReport notScanned(Outcome outcome, String reason) {
        return new ScanReport(outcome, reason, List.of(), Instant.now(), Duration.ZERO);
    }

    ScanReport withReason(String other) {
        return new ScanReport(outcome, other, files, completedAt, took);
    }

    /** The files that have codes. */
    List<FileScan> hashed() {
        return files.stream().filter(ScanReport::hasCodes).toList();
    }

    private static boolean hasCodes(FileScan file) {
        return file.getOutcome() == Outcome.HASHED || file.getOutcome() == Outcome.PARTIAL;
    }

    private static boolean isWhole(FileScan file) {
        return file.getOutcome() == Outcome.HASHED || file.getOutcome() == Outcome.PART;
    }
}
