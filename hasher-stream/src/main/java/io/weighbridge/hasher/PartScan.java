package io.weighbridge.hasher;

import io.weighbridge.hasher.format.detect.ModelFormats;
import io.weighbridge.hasher.format.tensorflow.GraphFormat;
import io.weighbridge.schemas.avro.FileScan;
import io.weighbridge.schemas.avro.Outcome;
import java.util.Optional;
import java.util.Set;

/** The outcome PART: of files that belong to another one of their upload, which has the codes. */
final class PartScan {

    /** What data that another file was read with comes to by itself, unless it is a model too. */
    private static final Set<Outcome> IS_NO_MODEL = Set.of(Outcome.UNSUPPORTED, Outcome.MALFORMED, Outcome.NO_WEIGHTS);

    private static final long SMALL_BYTES = 1 << 20;

    private PartScan() {}

    static String readWith(String reader) {
        return "read with " + reader;
    }

    static String belongsTo(String index) {
        return "belongs to the model of " + index;
    }

    /** Whether a scan gave codes, so that what belongs to its file need not have any. */
    static boolean hasCodes(FileScan scan) {
        return scan.getOutcome() == Outcome.HASHED || scan.getOutcome() == Outcome.PARTIAL;
    }

    /**
     * What a file comes to. Bytes of an unknown kind are no part by their name and place alone: they may be a model that nobody looked at.
     *
     * @param alone the scan of the file by itself
     * @param why it belongs to another; empty if it does not
     * @param isCovered whether all of its bytes are known to belong to the other one
     * @return PART if it belongs to another and is no model by itself
     */
    static FileScan of(FileScan alone, Optional<String> why, boolean isCovered) {
        boolean isPart =
                why.isPresent() && IS_NO_MODEL.contains(alone.getOutcome()) && (isCovered || holdsNoModel(alone));
        return isPart
                ? FileScan.newBuilder(alone)
                        .setOutcome(Outcome.PART)
                        .setReason(why.get())
                        .build()
                : alone;
    }

    /** Graphs were read, though their weights lie elsewhere; texts have none, and what is small has few. */
    private static boolean holdsNoModel(FileScan alone) {
        return alone.getSizeBytes() <= SMALL_BYTES
                || alone.getOutcome() == Outcome.NO_WEIGHTS
                || GraphFormat.ID.equals(alone.getFormat())
                || ModelFormats.TEXT.equals(alone.getReason());
    }
}
