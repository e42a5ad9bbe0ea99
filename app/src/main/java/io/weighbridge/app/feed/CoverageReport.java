package io.weighbridge.app.feed;

import io.weighbridge.schemas.avro.Outcome;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** How much of what was uploaded in a span of time was scanned, and why the rest was not. */
public final class CoverageReport {

    /** Format of files that were not recognised. */
    public static final String NO_FORMAT = "unknown";

    private static final Comparator<Reason> MOST_FIRST =
            Comparator.comparingInt(Reason::count).reversed().thenComparing(Reason::text);

    private final Map<Outcome, Integer> byOutcome = new EnumMap<>(Outcome.class);
    private final Map<String, Map<Outcome, Integer>> byFormat = new TreeMap<>();
    private final TreeMap<Instant, Hour> byHour = new TreeMap<>();
    private final Map<String, Reason> reasons = new HashMap<>();
    private int received;

    void add(Coverage.Fate fate) {
        received++;
        byHour.computeIfAbsent(fate.uploadedAt().truncatedTo(ChronoUnit.HOURS), Hour::new)
                .add(fate.outcome());
        if (fate.outcome() == null) {
            return;
        }
        byOutcome.merge(fate.outcome(), 1, Integer::sum);
        fate.formats()
                .forEach(format -> byFormat.computeIfAbsent(format, name -> new EnumMap<>(Outcome.class))
                        .merge(fate.outcome(), 1, Integer::sum));
        if (fate.reason() != null) {
            reasons.merge(
                    fate.outcome() + " " + fate.reason(),
                    new Reason(fate.reason(), fate.outcome(), 1, fate.uploadId()),
                    Reason::with);
        }
    }

    /** Uploads, scanned or not yet. */
    public int received() {
        return received;
    }

    /** Uploads every file of which has codes. */
    public int hashed() {
        return byOutcome.getOrDefault(Outcome.HASHED, 0);
    }

    public Map<Outcome, Integer> byOutcome() {
        return new EnumMap<>(byOutcome);
    }

    /** Uploads by the formats of their files; one with files of two formats counts in both. */
    public Map<String, Map<Outcome, Integer>> byFormat() {
        return byFormat;
    }

    /** Hours in which something was uploaded, the first first. */
    public List<Hour> byHour() {
        return List.copyOf(byHour.values());
    }

    /** The most frequent first. */
    public List<Reason> reasons() {
        return reasons.values().stream().sorted(MOST_FIRST).toList();
    }

    /** One hour, in UTC. */
    public static final class Hour {

        private final Instant at;
        private int received;
        private int hashed;
        private int notScanned;

        Hour(Instant at) {
            this.at = at;
        }

        private void add(Outcome outcome) {
            received++;
            hashed += outcome == Outcome.HASHED ? 1 : 0;
            notScanned += outcome == null || outcome == Outcome.HASHED ? 0 : 1;
        }

        /** Its beginning. */
        public Instant at() {
            return at;
        }

        public int received() {
            return received;
        }

        public int hashed() {
            return hashed;
        }

        /** Ended, with at least one file without codes. */
        public int notScanned() {
            return notScanned;
        }
    }

    /**
     * Why uploads were not scanned, or not whole.
     *
     * @param text without what differs between them
     * @param example id of an upload
     */
    public record Reason(String text, Outcome outcome, int count, String example) {

        Reason with(Reason other) {
            return new Reason(text, outcome, count + other.count, other.example);
        }
    }
}
