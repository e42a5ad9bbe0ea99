package io.weighbridge.hasher;

import io.weighbridge.schemas.avro.FileScan;
import io.weighbridge.schemas.avro.Outcome;
import java.util.Optional;
import java.util.Set;

/** The outcome PART: of files that belong to another one of their upload, which has the codes. */
final class PartScan {

    /** What data that another file was read with comes to by itself, unless it is a model too. */
    private static final Set<Outcome> IS_NO_MODEL = Set.of(Outcome.UNSUPPORTED, Outcome.MALFORMED, Outcome.NO_WEIGHTS);

    private PartScan() {}

    static String readWith(String reader) {
        return "read with " + reader;
    }

    static String belongsTo(String index) {
        return "belongs to the model of " + index;
    }

    /**
     * What a file comes to.
     *
     * @param alone the scan of the file by itself
     * @param why it belongs to another; empty if it does not
     * @return PART if it belongs to another and is no model by itself
     */
    static FileScan of(FileScan alone, Optional<String> why) {
        return why.isPresent() && IS_NO_MODEL.contains(alone.getOutcome())
                ? FileScan.newBuilder(alone)
                        .setOutcome(Outcome.PART)
                        .setReason(why.get())
                        .build()
                : alone;
    }
}
