package io.weighbridge.app.feed;

import io.weighbridge.schemas.avro.Outcome;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * Counts and times over the history that was read.
 *
 * @param received uploads
 * @param byOutcome uploads whose scan ended, by every outcome
 * @param matched uploads that are near a protected model
 * @param cases open or not
 * @param toOutcome from upload to the end of its scan
 * @param toAlert from the later of upload and protection to the alert
 */
public record Summary(
        long received,
        Map<Outcome, Long> byOutcome,
        long matched,
        long cases,
        Map<ProtectedRow.Status, Long> protectedModels,
        Latencies.Percentiles toOutcome,
        Latencies.Percentiles toAlert) {

    /** Uploads every file of which has codes. */
    public long scanned() {
        return byOutcome.get(Outcome.HASHED);
    }

    /** Uploads whose scan runs. */
    public long pending() {
        return received - ended();
    }

    /** Uploads whose scan ended and left at least one file without codes. */
    public long notScanned() {
        return ended() - scanned();
    }

    /** The share of received uploads that were scanned, 0 to 1; empty if none was received. */
    public OptionalDouble coverage() {
        return received == 0 ? OptionalDouble.empty() : OptionalDouble.of((double) scanned() / received);
    }

    private long ended() {
        return byOutcome.values().stream().mapToLong(Long::longValue).sum();
    }
}
