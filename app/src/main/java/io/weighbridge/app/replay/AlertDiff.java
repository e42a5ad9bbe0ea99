package io.weighbridge.app.replay;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.weighbridge.schemas.avro.InfringementAlert;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/** How the alerts that were found again differ from those that were raised then, each difference with its reason. */
final class AlertDiff {

    /** What became of an alert. */
    enum Fate {
        /** Raised then, found now, the same in distance, threshold and bits. */
        SAME,
        /** Held then, in quarantine or by the mode of its model; found now. */
        HELD_THEN,
        /** Raised then and found now, with another distance, threshold or version of the algorithm. */
        CHANGED,
        /** Raised then, not found now. */
        MISSING,
        /** Found now, neither raised nor held then. */
        NEW
    }

    /** One alert and its fate. */
    record Line(Fate fate, FoundAlert alert, String reason) {

        ObjectNode json() {
            var found = alert.alert();
            return JsonNodeFactory.instance
                    .objectNode()
                    .put("fate", fate.name())
                    .put("matchedAt", alert.matchedAt().toString())
                    .put("alertId", found.getAlertId())
                    .put(
                            "upload",
                            found.getUpload().getHub() + "/" + found.getUpload().getRepo() + "@"
                                    + found.getUpload().getRevision())
                    .put("uploadId", found.getUpload().getId())
                    .put("path", found.getUploadFile().getPath())
                    .put("protectedModel", found.getProtectedModel().getId())
                    .put("algorithm", found.getAlgorithm() + "@" + found.getVersion())
                    .put("distanceBits", found.getDistanceBits())
                    .put("thresholdBits", found.getThresholdBits())
                    .put("reason", reason);
        }
    }

    private final Map<String, FoundAlert> now = new TreeMap<>();
    private final Map<String, FoundAlert> raised = new TreeMap<>();
    private final Map<String, FoundAlert> held = new TreeMap<>();
    private final Map<String, Instant> protectedSince;
    private final Map<String, Integer> thresholds;
    private final Function<String, Optional<String>> whyNoCodes;

    /**
     * @param protectedSince protected models as the replay knew them, each with the time of its registration
     * @param thresholds of the replay in bits, by algorithm, such as {@code pri@3}
     * @param whyNoCodes why an upload, by its id, gave no codes; empty if it did or was not scanned again
     */
    AlertDiff(
            Map<String, Instant> protectedSince,
            Map<String, Integer> thresholds,
            Function<String, Optional<String>> whyNoCodes) {
        this.protectedSince = protectedSince;
        this.thresholds = thresholds;
        this.whyNoCodes = whyNoCodes;
    }

    void found(FoundAlert alert) {
        now.put(alert.key(), alert);
    }

    void raisedThen(FoundAlert alert) {
        raised.put(alert.key(), alert);
    }

    void heldThen(FoundAlert alert) {
        held.put(alert.key(), alert);
    }

    /** Found alerts in order of event time. */
    List<FoundAlert> found() {
        return sorted(now.values());
    }

    /** A line for each alert of either side, in order of event time. */
    List<Line> lines() {
        var keys = new TreeSet<>(now.keySet());
        keys.addAll(raised.keySet());
        var lines = new ArrayList<Line>();
        for (String key : keys) {
            lines.add(line(now.get(key), raised.get(key), held.get(key)));
        }
        lines.sort((one, other) -> FoundAlert.ORDER.compare(one.alert(), other.alert()));
        return lines;
    }

    private Line line(FoundAlert again, FoundAlert then, FoundAlert heldThen) {
        if (again == null) {
            return new Line(Fate.MISSING, then, whyMissing(then.alert()));
        }
        if (then != null) {
            String changes = changes(then.alert(), again.alert());
            return changes.isEmpty() ? new Line(Fate.SAME, again, null) : new Line(Fate.CHANGED, again, changes);
        }
        if (heldThen != null) {
            return new Line(
                    Fate.HELD_THEN,
                    again,
                    "held then: " + Objects.requireNonNullElse(heldThen.alert().getHeld(), "quarantine"));
        }
        return new Line(
                Fate.NEW,
                again,
                again.alert().getDistanceBits() + " of " + again.alert().getBits()
                        + " bits are within the threshold of " + again.alert().getThresholdBits() + " now");
    }

    private static String changes(InfringementAlert then, InfringementAlert now) {
        var changes = new ArrayList<String>();
        add(changes, "version", then.getVersion(), now.getVersion());
        add(changes, "distance", then.getDistanceBits(), now.getDistanceBits());
        add(changes, "threshold", then.getThresholdBits(), now.getThresholdBits());
        add(changes, "margin to baselines", margin(then), margin(now));
        return String.join(", ", changes);
    }

    private static Integer margin(InfringementAlert alert) {
        return alert.getNearestBaseline() == null
                ? null
                : alert.getNearestBaseline().getMarginBits();
    }

    private static void add(List<String> changes, String what, Object then, Object now) {
        if (!Objects.equals(then, now)) {
            changes.add(what + " " + then + " then, " + now + " now");
        }
    }

    private String whyMissing(InfringementAlert then) {
        Instant since = protectedSince.get(then.getProtectedModel().getId());
        if (since == null) {
            return "the protected model has been withdrawn";
        }
        if (!since.equals(then.getProtectedModel().getProtectedAt())) {
            return "the protected model has been replaced, at " + since;
        }
        Optional<String> noCodes = whyNoCodes.apply(then.getUpload().getId());
        if (noCodes.isPresent()) {
            return noCodes.get();
        }
        Integer threshold = thresholds.get(then.getAlgorithm() + "@" + then.getVersion());
        if (threshold == null) {
            return "the algorithm " + then.getAlgorithm() + "@" + then.getVersion() + " raises no alerts now";
        }
        return then.getDistanceBits() > threshold
                ? then.getDistanceBits() + " bits are above the threshold of " + threshold + " now"
                : "not explained: the codes of the upload or of the model are not in the range that was read,"
                        + " or a public baseline is as near";
    }

    private static List<FoundAlert> sorted(Collection<FoundAlert> alerts) {
        return alerts.stream().sorted(FoundAlert.ORDER).toList();
    }
}
