package io.weighbridge.app.replay;

import io.weighbridge.app.client.BulkProducer;
import io.weighbridge.app.feed.Entry;
import io.weighbridge.app.feed.OffsetRange;
import io.weighbridge.app.progress.Progress;
import io.weighbridge.schemas.Topic;
import io.weighbridge.schemas.avro.ModelCode;
import io.weighbridge.schemas.avro.ProtectedModel;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.avro.specific.SpecificRecord;

/** Copies past records into a replay's own topics, and keeps their digests and what they tell of protected models. */
final class Intake {

    private final RecordSource source;
    private final ReplayStage stage;
    private final Progress progress;
    private final boolean isCopied;
    private final List<InputDigest.Input> inputs = new ArrayList<>();
    private final Map<String, Instant> protectedSince = new HashMap<>();

    /** @param isCopied whether the records are in the topics already, so that only their digests are wanted */
    Intake(RecordSource source, ReplayStage stage, Progress progress, boolean isCopied) {
        this.source = source;
        this.stage = stage;
        this.progress = progress;
        this.isCopied = isCopied;
    }

    <V extends SpecificRecord> void copy(Topic<String, V> topic, Instant from, Instant to) throws IOException {
        copy(topic, from, to, entry -> {});
    }

    /** @param visit told of each record */
    <V extends SpecificRecord> void copy(Topic<String, V> topic, Instant from, Instant to, Consumer<Entry<V>> visit)
            throws IOException {
        String step = "reading " + topic.name();
        int total = offsets(source.ranges(topic, from, to));
        var digest = new InputDigest();
        var counted = new int[1];
        try (var producer = new BulkProducer(stage.cluster())) {
            List<OffsetRange> ranges = source.read(topic, from, to, entry -> {
                digest.add(entry);
                note(entry);
                visit.accept(entry);
                if (!isCopied) {
                    producer.send(topic, entry.key(), entry.value(), entry.timestamp());
                }
                counted[0]++;
                if (counted[0] < total) {
                    progress.at(step, counted[0], total);
                }
            });
            producer.flush();
            inputs.addAll(digest.of(ranges));
        }
        progress.at(step, total, total);
    }

    /** What was read, in the order of reading. */
    List<InputDigest.Input> inputs() {
        return List.copyOf(inputs);
    }

    /** Since when each protected model is protected as it was known last, by its id. */
    Map<String, Instant> protectedSince() {
        return Map.copyOf(protectedSince);
    }

    private static int offsets(List<OffsetRange> ranges) {
        return (int) Math.min(
                Integer.MAX_VALUE,
                ranges.stream().mapToLong(OffsetRange::length).sum());
    }

    private void note(Entry<? extends SpecificRecord> entry) {
        if (entry.value() == null) {
            protectedSince.remove(entry.key());
        } else if (entry.value() instanceof ModelCode code && code.getProtectedModel() != null) {
            protectedSince.put(
                    code.getProtectedModel().getId(), code.getProtectedModel().getProtectedAt());
        } else if (entry.value() instanceof ProtectedModel model) {
            protectedSince.put(model.getId(), model.getProtectedAt());
        }
    }
}
