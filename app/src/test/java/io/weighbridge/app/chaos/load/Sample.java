package io.weighbridge.app.chaos.load;

import io.weighbridge.schemas.avro.ModelFile;
import io.weighbridge.schemas.avro.Outcome;
import java.util.List;

/**
 * A kind of upload, and what one has to come to.
 *
 * @param repo whose name it is uploaded under, with a number
 * @param outcome that it must have
 * @param matches protected id, algorithm and distance of each alert that it must raise; no others
 */
record Sample(String repo, Outcome outcome, List<String> matches, Source source) {

    /** Where its file is. */
    @FunctionalInterface
    interface Source {

        /**
         * The file of one upload.
         *
         * @param key of this upload alone
         * @param overMillis how long its download is to take, if it is one
         */
        ModelFile file(String key, long overMillis);
    }

    Sample {
        matches = List.copyOf(matches);
    }
}
