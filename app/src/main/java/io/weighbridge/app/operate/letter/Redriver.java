package io.weighbridge.app.operate.letter;

import io.weighbridge.app.client.Cluster;
import io.weighbridge.app.feed.DeadLetterRow;
import io.weighbridge.app.operate.letter.Redrive.Status;
import io.weighbridge.schemas.RoleConfig;
import io.weighbridge.schemas.Settings;
import io.weighbridge.schemas.avro.DeadLetter;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Writes records of dead letters to their topics again, as they were, none twice by accident.
 *
 * <p>A record and the note that it was written, a null value under the dead letter's key, are one transaction. An installation has one
 * transactional id for this, so a second redriver fences the first: what the second reads of the notes after it was opened is complete.
 */
public final class Redriver implements AutoCloseable {

    /** Header: the dead letter that a record was written again from, as {@code topic-partition-offset} of the first one. */
    public static final String REDRIVEN_FROM = "wb_redriven_from";

    private final Cluster cluster;
    private final KafkaProducer<byte[], byte[]> producer;

    private Redriver(Cluster cluster, KafkaProducer<byte[], byte[]> producer) {
        this.cluster = cluster;
        this.producer = producer;
    }

    /**
     * The only redriver from now on; read the dead letters after this.
     *
     * @throws KafkaException if the brokers do not let it
     */
    public static Redriver open(Cluster cluster) {
        Map<String, Object> config = cluster.producerConfig();
        config.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, transactionalId(cluster.settings()));
        var producer = new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer());
        try {
            producer.initTransactions();
            return new Redriver(cluster, producer);
        } catch (RuntimeException e) {
            producer.close();
            throw e;
        }
    }

    /** The transactional id of all redrivers of an installation. */
    public static String transactionalId(Settings settings) {
        return settings.text(RoleConfig.APPLICATION_PREFIX, "weighbridge") + "-redrive";
    }

    /**
     * Writes the records with these ids to their topics again.
     *
     * @param letters read after this was opened
     * @param again whether those, too, that were before
     * @param report told what became of each as soon as it is known
     * @throws KafkaException if the brokers do not take one; those that were reported are written
     */
    public void redrive(DeadLetters letters, Collection<String> ids, boolean again, Consumer<Redrive> report) {
        var wanted = new HashMap<Place, DeadLetterRow>();
        for (String id : ids) {
            var judged = letters.judge(id, again);
            if (judged.status() == Status.POSSIBLE) {
                var all = letters.of(id);
                var last = all.get(all.size() - 1);
                wanted.put(new Place(last.letterPartition(), last.letterOffset()), last);
            } else {
                report.accept(judged);
            }
        }
        var reader = cluster.reader();
        var topic = cluster.topics().deadLetters();
        reader.forEachRaw(topic.name(), raw -> {
            var row = wanted.remove(new Place(raw.partition(), raw.offset()));
            if (row != null) {
                reader.decode(topic, raw).ifPresent(entry -> write(row.id(), entry.value(), raw));
                report.accept(new Redrive(row.id(), Status.REDRIVEN, "it is in " + row.topic() + " again"));
            }
        });
        wanted.values().forEach(row -> report.accept(new Redrive(row.id(), Status.GONE, "not kept any more")));
    }

    @Override
    public void close() {
        producer.close();
    }

    private record Place(int partition, long offset) {}

    private void write(String id, DeadLetter letter, ConsumerRecord<byte[], byte[]> raw) {
        var record = new ProducerRecord<>(
                letter.getTopic(), null, bytes(letter.getKey()), bytes(letter.getValue()), raw.headers());
        record.headers().remove(REDRIVEN_FROM);
        record.headers().add(REDRIVEN_FROM, id.getBytes(StandardCharsets.UTF_8));
        // Behind its letter, in the same partition: whoever reads one reads the other, and it is kept as long.
        var note = new ProducerRecord<byte[], byte[]>(raw.topic(), raw.partition(), raw.key(), null);
        try {
            producer.beginTransaction();
            var sent = producer.send(record);
            var noted = producer.send(note);
            sent.get();
            noted.get();
            producer.commitTransaction();
        } catch (ExecutionException e) {
            throw failed(id, e.getCause());
        } catch (KafkaException e) {
            throw failed(id, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaException("interrupted while redriving " + id, e);
        }
    }

    private static KafkaException failed(String id, Throwable cause) {
        boolean isFenced = cause instanceof ProducerFencedException || cause instanceof InvalidProducerEpochException;
        String why = isFenced
                ? "somebody else has begun to redrive; what they leave can be redriven after them"
                : cause.getMessage();
        return new KafkaException("redriving " + id + ": not written: " + why, cause);
    }

    static byte[] bytes(ByteBuffer buffer) {
        if (buffer == null) {
            return null;
        }
        byte[] bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return bytes;
    }
}
