package io.weighbridge.app.chaos.load;

import io.weighbridge.schemas.avro.Outcome;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** What was published, acknowledged by the broker, and what each of it has to come to. */
public final class Ledger {

    /**
     * What an upload has to come to.
     *
     * @param matches as {@link Sample#matches()}
     */
    record Expected(Outcome outcome, List<String> matches) {}

    private final Map<String, Expected> byUpload = new ConcurrentHashMap<>();
    private final Set<String> poisons = ConcurrentHashMap.newKeySet();

    void published(String uploadId, Sample sample) {
        byUpload.put(uploadId, new Expected(sample.outcome(), sample.matches()));
    }

    /** A record that nobody can read was written there. */
    void poisoned(String topic, int partition, long offset) {
        poisons.add(topic + "-" + partition + "-" + offset);
    }

    Map<String, Expected> uploads() {
        return Map.copyOf(byUpload);
    }

    /** Keys that the dead letters must have. */
    Set<String> poisons() {
        return Set.copyOf(poisons);
    }

    public int size() {
        return byUpload.size();
    }
}
