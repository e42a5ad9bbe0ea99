package io.weighbridge.app.feed;

import io.weighbridge.schemas.avro.FileScan;
import io.weighbridge.schemas.avro.Outcome;
import io.weighbridge.schemas.avro.ScanOutcome;
import java.time.Instant;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Which scans are meant; every part must fit. An empty set, or null, asks for nothing.
 *
 * @param formats of which a file must have one
 * @param text somewhere in id, repository, protected model, file names or reason, in any case
 * @param since earliest end, inclusive
 */
public record ScanQuery(Set<Outcome> outcomes, Set<String> formats, String text, Instant since) {

    public ScanQuery {
        outcomes = Set.copyOf(outcomes);
        formats = Set.copyOf(formats);
    }

    /** The upload's id, or the protected model's. */
    public static String idOf(ScanOutcome scan) {
        return scan.getUpload() == null
                ? scan.getProtectedModel().getId()
                : scan.getUpload().getId();
    }

    boolean fits(ScanOutcome scan) {
        return (outcomes.isEmpty() || outcomes.contains(scan.getOutcome()))
                && (formats.isEmpty()
                        || scan.getFiles().stream().map(FileScan::getFormat).anyMatch(this::isWanted))
                && (since == null || !scan.getCompletedAt().isBefore(since))
                && (text == null || texts(scan).anyMatch(this::holds));
    }

    private boolean isWanted(String format) {
        return formats.contains(format == null ? CoverageReport.NO_FORMAT : format);
    }

    private boolean holds(String whole) {
        return whole.toLowerCase(Locale.ROOT).contains(text.toLowerCase(Locale.ROOT));
    }

    private static Stream<String> texts(ScanOutcome scan) {
        var subject = scan.getUpload() == null
                ? Stream.of(scan.getProtectedModel().getName())
                : Stream.of(scan.getUpload().getRepo(), scan.getUpload().getRevision());
        return Stream.of(
                        Stream.of(idOf(scan), scan.getReason()),
                        subject,
                        scan.getFiles().stream().map(FileScan::getPath))
                .flatMap(part -> part)
                .filter(Objects::nonNull);
    }
}
