package io.weighbridge.app.evaluate.report;

import java.util.Locale;

/** One thing that the hash must reach, and what it reached. */
public record Goal(String what, String goal, String reached, Verdict verdict) {

    /** Whether it was reached. */
    public enum Verdict {
        YES,
        NO,
        /** There is nothing in the library to measure it on, or it is measured elsewhere. */
        NOT_MEASURED;

        /** As in the report. */
        public String text() {
            return name().toLowerCase(Locale.ROOT).replace('_', ' ');
        }

        static Verdict of(boolean reached) {
            return reached ? YES : NO;
        }
    }
}
