package io.weighbridge.app.evaluate.report;

import java.util.Locale;

/** One thing that the hash must reach, and what it reached. */
public record Goal(String what, String goal, String reached, Verdict verdict) {

    /** Whether it was reached. */
    public enum Verdict {
        YES,
        NO,
        /** Worth telling, but no goal was set. */
        NO_GOAL,
        /** The library has nothing to measure it on, or other tests look after it. */
        NOT_MEASURED;

        /** As in the report. */
        public String text() {
            return switch (this) {
                case NO_GOAL -> "no goal";
                case NOT_MEASURED -> "not measured here";
                default -> name().toLowerCase(Locale.ROOT);
            };
        }

        static Verdict of(boolean reached) {
            return reached ? YES : NO;
        }
    }
}
