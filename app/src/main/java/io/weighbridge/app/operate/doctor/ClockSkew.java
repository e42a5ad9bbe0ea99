package io.weighbridge.app.operate.doctor;

import java.net.http.HttpHeaders;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/** How far this machine's clock is from a server's. */
final class ClockSkew {

    static final String ADVICE = "set the clocks by NTP: retention, suppressions and times to alert go by them";

    /** Of this much nobody can say any more that it was on the way. */
    static final Duration WRONG = Duration.ofSeconds(30);

    private static final Duration ODD = Duration.ofSeconds(3);

    private ClockSkew() {}

    /** Tells by the {@code Date} of an answer, which has whole seconds. */
    static void examine(String server, HttpHeaders answer, Clock clock, Findings findings) {
        Optional<Instant> theirs = answer.firstValue("Date").flatMap(ClockSkew::parse);
        if (theirs.isEmpty()) {
            findings.warn(server + " does not tell its time", "");
            return;
        }
        examine(server, theirs.get(), clock, findings);
    }

    /** Tells by a time that was just read from the server. */
    static void examine(String server, Instant theirs, Clock clock, Findings findings) {
        Duration skew = Duration.between(theirs, clock.instant());
        String text = "this machine's clock is " + Math.abs(skew.toSeconds()) + " s "
                + (skew.isNegative() ? "behind" : "ahead of") + " that of " + server;
        if (skew.abs().compareTo(WRONG) > 0) {
            findings.fail(text, ADVICE);
        } else if (skew.abs().compareTo(ODD) > 0) {
            findings.warn(text, ADVICE);
        } else {
            findings.ok(text);
        }
    }

    private static Optional<Instant> parse(String date) {
        try {
            return Optional.of(ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
