package io.weighbridge.app.feed;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Matches of a protected model in one span of time.
 *
 * @param at its beginning
 * @param alerts that people were to look at
 * @param held that were recorded only
 * @param suppressed alerts of cases that had been dismissed before
 */
public record MatchBucket(Instant at, int alerts, int held, int suppressed) {

    /** The spans that can be asked for, in UTC. */
    public enum Span {
        HOUR(ChronoUnit.HOURS),
        DAY(ChronoUnit.DAYS);

        private final ChronoUnit unit;

        Span(ChronoUnit unit) {
            this.unit = unit;
        }

        /** That of the name, in small letters. */
        public static Optional<Span> of(String text) {
            return Stream.of(values())
                    .filter(span -> span.name().toLowerCase(Locale.ROOT).equals(text))
                    .findFirst();
        }

        Instant begin(Instant time) {
            return time.truncatedTo(unit);
        }
    }

    MatchBucket with(MatchBucket other) {
        return new MatchBucket(at, alerts + other.alerts, held + other.held, suppressed + other.suppressed);
    }
}
