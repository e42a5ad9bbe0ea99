package io.weighbridge.app.evaluate;

import java.util.Locale;
import java.util.OptionalDouble;

/**
 * One file of a model library.
 *
 * @param file path below the library's folder
 * @param family the original that it comes from, and all its copies
 * @param change what was done to the original, e.g. {@code pruned-50}; {@code original} for itself
 * @param architecture kind of network, e.g. {@code vgg}
 * @param task what the original was trained for; empty if not known
 * @param accuracy share of test pictures that this file classifies right, 0 to 1; empty if not measured
 * @param originalAccuracy the same for the original of its family, on its own task
 */
public record LibraryModel(
        String file,
        String family,
        String change,
        Kind kind,
        String architecture,
        String task,
        Part part,
        OptionalDouble accuracy,
        OptionalDouble originalAccuracy) {

    /** What a file is to the original of its family. */
    public enum Kind {
        /** The original itself. */
        ORIGINAL,
        /** Holds changed weights of the original. */
        COPY,
        /** Computes the same function as the original. */
        SAME,
        /** Learned from the original's answers, from other initial weights: holds none of its weights. */
        STUDENT,
        /** Same architecture, freshly initialised. */
        FRESH;

        /** As in the manifest. */
        public String id() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** Whether a match with the original is right. */
        public boolean isCopy() {
            return this == COPY || this == SAME;
        }
    }

    /** Which half of a library a family belongs to; no task and no seed is in both. */
    public enum Part {
        /** Constants and thresholds are estimated here, and the variant of {@code nts} is chosen here. */
        TUNING,
        /** Every reported figure comes from here, but those of that choice. */
        REPORT;

        /** As in the manifest. */
        public String id() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
