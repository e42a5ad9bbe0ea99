package io.weighbridge.app.bench.alerts;

import io.weighbridge.app.client.Cluster;
import io.weighbridge.app.feed.Entry;
import io.weighbridge.app.feed.Following;
import io.weighbridge.schemas.avro.InfringementCase;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Follows the cases topic as any consumer would, committed records only. */
final class CaseWatch implements AutoCloseable {

    private final Map<String, Integer> occurrences = new HashMap<>();
    private final List<Long> latencyMillis = new ArrayList<>();
    private final Following following;
    private long counted;

    CaseWatch(Cluster cluster) {
        following = cluster.reader().follow(cluster.topics().infringementCases(), true, this::note);
    }

    /** The sum of the occurrences of all cases. */
    synchronized long counted() {
        return counted;
    }

    /** The occurrences of a case; 0 if there is none. */
    synchronized int occurrences(String alertId) {
        return occurrences.getOrDefault(alertId, 0);
    }

    synchronized int cases() {
        return occurrences.size();
    }

    /** From the upload of a case's newest alert to here, one for each change. */
    synchronized List<Long> latencyMillis() {
        return List.copyOf(latencyMillis);
    }

    @Override
    public void close() {
        following.close();
    }

    private synchronized void note(Entry<InfringementCase> entry) {
        var changed = entry.value();
        Integer before = occurrences.put(changed.getAlertId(), changed.getOccurrences());
        counted += changed.getOccurrences() - (before == null ? 0 : before);
        latencyMillis.add(System.currentTimeMillis()
                - changed.getLatest().getUpload().getUploadedAt().toEpochMilli());
    }
}
