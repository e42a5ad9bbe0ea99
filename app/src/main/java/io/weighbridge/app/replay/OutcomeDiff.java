package io.weighbridge.app.replay;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.weighbridge.app.feed.Entry;
import io.weighbridge.app.feed.ScanJson;
import io.weighbridge.schemas.avro.FileScan;
import io.weighbridge.schemas.avro.Outcome;
import io.weighbridge.schemas.avro.ProtectedModel;
import io.weighbridge.schemas.avro.ScanOutcome;
import io.weighbridge.schemas.avro.UploadEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** How outcomes of uploads and protections that were scanned again differ from those of then, each difference with its reason. */
final class OutcomeDiff {

    /** What became of an outcome. */
    enum Fate {
        /** The same outcome, and the same codes of every file. */
        SAME,
        /** Another outcome, other bytes, or other codes. */
        CHANGED,
        /** There was no outcome then. */
        NEW
    }

    /**
     * One outcome of now and its fate.
     *
     * @param at event time
     * @param reason null for the same
     */
    record Line(Instant at, String key, Fate fate, ScanOutcome now, String reason) {

        /** Of the scan without the times that it took. */
        ObjectNode json() {
            ObjectNode json = JsonNodeFactory.instance.objectNode();
            json.put("fate", fate.name()).put("reason", reason);
            ObjectNode scan = ScanJson.of(now);
            scan.remove(List.of("completedAt", "durationMillis"));
            return json.setAll(scan);
        }
    }

    private final Map<String, Instant> expected = new TreeMap<>();
    private final Map<String, ScanOutcome> now = new TreeMap<>();
    private final Map<String, ScanOutcome> then = new TreeMap<>();
    private int records;

    void expectUpload(Entry<UploadEvent> entry) {
        if (entry.value() != null) {
            expected.put(uploadKey(entry.value().getId()), entry.timestamp());
            records++;
        }
    }

    void expectProtection(Entry<ProtectedModel> entry) {
        if (entry.value() != null) {
            expected.put(
                    protectionKey(entry.value().getId(), entry.value().getProtectedAt()),
                    entry.value().getProtectedAt());
            records++;
        }
    }

    /** How many outcomes there are to be. */
    int expected() {
        return records;
    }

    void foundNow(ScanOutcome outcome) {
        now.put(key(outcome), outcome);
    }

    /** Of several for one event, the last counts. */
    void foundThen(ScanOutcome outcome) {
        if (expected.containsKey(key(outcome))) {
            then.put(key(outcome), outcome);
        }
    }

    /** Why an upload gives no codes now; empty if it does. */
    Optional<String> whyNoCodes(String uploadId) {
        return Optional.ofNullable(now.get(uploadKey(uploadId)))
                .filter(outcome -> outcome.getFiles().stream()
                        .allMatch(file -> file.getCodes().isEmpty()))
                .map(outcome -> "the upload is " + words(outcome) + " now");
    }

    /** Lines for all uploads of this time or later, and for all protected models, in order of event time. */
    List<Line> lines(Instant from) {
        var lines = new ArrayList<Line>();
        now.forEach((key, outcome) -> {
            Instant at = expected.get(key);
            if (at != null && (outcome.getUpload() == null || !at.isBefore(from))) {
                lines.add(line(at, key, outcome, then.get(key)));
            }
        });
        lines.sort((one, other) -> one.at().equals(other.at())
                ? one.key().compareTo(other.key())
                : one.at().compareTo(other.at()));
        return lines;
    }

    private static Line line(Instant at, String key, ScanOutcome now, ScanOutcome then) {
        if (then == null) {
            return new Line(at, key, Fate.NEW, now, "there is no outcome of then in what was read");
        }
        String changes = changes(then, now);
        return new Line(at, key, changes.isEmpty() ? Fate.SAME : Fate.CHANGED, now, changes.isEmpty() ? null : changes);
    }

    private static String changes(ScanOutcome then, ScanOutcome now) {
        var changes = new ArrayList<String>();
        if (then.getOutcome() != now.getOutcome()) {
            changes.add(then.getOutcome() + " then, " + words(now) + " now");
        }
        Map<String, FileScan> before =
                then.getFiles().stream().collect(Collectors.toMap(FileScan::getPath, file -> file, (one, same) -> one));
        for (FileScan file : now.getFiles()) {
            FileScan was = before.remove(file.getPath());
            changes(was, file).ifPresent(change -> changes.add(file.getPath() + ": " + change));
        }
        before.keySet().forEach(path -> changes.add(path + ": not there now"));
        return String.join("; ", changes);
    }

    private static Optional<String> changes(FileScan then, FileScan now) {
        if (then == null) {
            return Optional.of("not there then");
        }
        if (then.getOutcome() != now.getOutcome()) {
            return Optional.of(then.getOutcome() + " then, " + now.getOutcome() + " now");
        }
        if (!Objects.equals(then.getSha256(), now.getSha256())) {
            return Optional.of("other bytes: SHA-256 " + then.getSha256() + " then, " + now.getSha256() + " now");
        }
        if (!then.getCodes().equals(now.getCodes())) {
            return Optional.of("other codes: " + algorithms(then) + " then, " + algorithms(now) + " now");
        }
        return Optional.empty();
    }

    private static String algorithms(FileScan file) {
        return file.getCodes().stream()
                .map(code -> code.getAlgorithm() + "@" + code.getVersion())
                .distinct()
                .collect(Collectors.joining(" "));
    }

    private static String words(ScanOutcome outcome) {
        String reason = outcome.getFiles().stream()
                .filter(file -> file.getOutcome() != Outcome.HASHED && file.getReason() != null)
                .map(FileScan::getReason)
                .findFirst()
                .orElse(outcome.getReason());
        return outcome.getOutcome() + (reason == null ? "" : " (" + reason + ")");
    }

    private static String key(ScanOutcome outcome) {
        return outcome.getUpload() != null
                ? uploadKey(outcome.getUpload().getId())
                : protectionKey(
                        outcome.getProtectedModel().getId(),
                        outcome.getProtectedModel().getProtectedAt());
    }

    private static String uploadKey(String id) {
        return "upload " + id;
    }

    private static String protectionKey(String id, Instant protectedAt) {
        return "protected model " + id + " " + protectedAt;
    }
}
