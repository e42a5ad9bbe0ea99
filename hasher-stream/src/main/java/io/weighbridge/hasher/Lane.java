package io.weighbridge.hasher;

import io.weighbridge.schemas.avro.FileScan;
import io.weighbridge.schemas.avro.ModelCode;
import io.weighbridge.schemas.avro.ModelFile;
import io.weighbridge.schemas.avro.ScanOutcome;
import java.util.List;
import java.util.Optional;

/** A way through the hasher: how its requests are read, and how their codes and outcomes are written. */
interface Lane<V> {

    /** The tag in metrics. */
    String name();

    /** Whose threads its requests take. */
    default Share share() {
        return Share.LIVE;
    }

    /** Key of everything that is said of the request's model; requests of equal keys stay in order. */
    String key(V request);

    /** Begins the ids of all events that follow from this request. Equal requests have equal ids. */
    String eventId(V request);

    /** How many characters of the request its outcome repeats, in names and paths. */
    int echoedChars(V request);

    /** Why a request under this record key cannot be scanned at all; empty if it can. */
    default Optional<String> refusal(String recordKey, V request) {
        return Optional.empty();
    }

    /** Whether a request takes the place of all that was said of its model before, also when it comes to no code. */
    boolean isReplacing();

    List<ModelFile> files(V request);

    /** Which of the scans that have codes are the model's: all of them, unless a later code takes the place of one before. */
    default List<FileScan> coded(ScanReport report) {
        return report.hashed();
    }

    ModelCode code(V request, FileScan file);

    ScanOutcome outcome(V request, ScanReport report);
}
