package io.weighbridge.app.operate.letter;

import io.weighbridge.app.client.Cluster;
import io.weighbridge.app.feed.DeadLetterRow;
import io.weighbridge.app.feed.Entry;
import io.weighbridge.app.operate.letter.Redrive.Status;
import io.weighbridge.schemas.DeadLetterHandler;
import io.weighbridge.schemas.Topic;
import io.weighbridge.schemas.avro.DeadLetter;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * The dead letters of a cluster at one moment, without their bytes. Several can be of one record: each sink writes its own, and Kafka
 * Streams may write one twice after a crash. They share the id, {@code topic-partition-offset} of the record, and whether it was written
 * to its topic again.
 */
public final class DeadLetters {

    private static final Comparator<DeadLetterRow> OLDEST_FIRST = Comparator.comparing(DeadLetterRow::failedAt)
            .thenComparingInt(DeadLetterRow::letterPartition)
            .thenComparingLong(DeadLetterRow::letterOffset);

    private final List<DeadLetterRow> rows;
    private final Set<String> topics;

    private DeadLetters(List<DeadLetterRow> rows, Set<String> topics) {
        this.rows = rows;
        this.topics = topics;
    }

    /**
     * Reads the whole topic, up to its present end.
     *
     * @throws io.weighbridge.app.feed.FeedException if it does not exist or the brokers do not answer
     */
    public static DeadLetters read(Cluster cluster) {
        var reader = cluster.reader();
        var topic = cluster.topics().deadLetters();
        var found = new ArrayList<DeadLetterRow>();
        Map<String, Instant> redriven = new HashMap<>();
        reader.forEachRaw(topic.name(), raw -> {
            if (raw.value() == null) {
                redriven.put(key(raw), Instant.ofEpochMilli(raw.timestamp()));
            } else {
                reader.decode(topic, raw)
                        .filter(DeadLetters::isLetter)
                        .ifPresent(entry -> found.add(DeadLetterRow.of(entry)));
            }
        });
        var rows = found.stream()
                .map(row -> row.redriven(redriven.get(row.id())))
                .sorted(OLDEST_FIRST)
                .toList();
        return new DeadLetters(
                rows, cluster.topics().all().stream().map(Topic::name).collect(Collectors.toSet()));
    }

    /** Every dead letter, the last failure last. */
    public List<DeadLetterRow> rows() {
        return rows;
    }

    /** The dead letters of one record, the last failure last. */
    public List<DeadLetterRow> of(String id) {
        return rows.stream().filter(row -> row.id().equals(id)).toList();
    }

    /** Whether the record of this id can be written to its topic again. {@code again}: even if it was before. */
    public Redrive judge(String id, boolean again) {
        var letters = of(id);
        if (letters.isEmpty()) {
            return new Redrive(id, Status.GONE, "no such dead letter, or not kept any more");
        }
        DeadLetterRow last = letters.get(letters.size() - 1);
        if (!topics.contains(last.topic())) {
            return new Redrive(id, Status.REFUSED, "topic " + last.topic() + ": expected one of the product's");
        }
        if (DeadLetterHandler.isCut(last.cause())) {
            return new Redrive(id, Status.REFUSED, "it holds a part of its record only");
        }
        if (last.redrivenAt() != null && !again) {
            return new Redrive(
                    id, Status.ALREADY, "it was written to " + last.topic() + " again at " + last.redrivenAt());
        }
        return new Redrive(id, Status.POSSIBLE, "it goes to " + last.topic());
    }

    /** Producers of the topic are many; what is no dead letter is left out. */
    private static boolean isLetter(Entry<DeadLetter> entry) {
        Object value = entry.value();
        return value instanceof DeadLetter;
    }

    private static String key(ConsumerRecord<byte[], byte[]> raw) {
        return raw.key() == null ? "" : new String(raw.key(), StandardCharsets.UTF_8);
    }
}
