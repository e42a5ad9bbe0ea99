package io.weighbridge.app.operate.transaction;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Locale;
import org.apache.kafka.clients.admin.AbortTransactionSpec;
import org.apache.kafka.clients.admin.ProducerState;
import org.apache.kafka.common.TopicPartition;

/**
 * A transaction that is open on a partition, and not as it should be.
 *
 * @param offset of its first record there; readers of committed records come no further
 * @param lastWritten time of its last record there
 * @param transactionalId of its producer; empty if the coordinators do not tell
 * @param coordinator what they know of that producer, in words
 */
public record OpenTransaction(
        TopicPartition partition,
        long producerId,
        int epoch,
        int coordinatorEpoch,
        long offset,
        Instant lastWritten,
        String transactionalId,
        Standing standing,
        String coordinator) {

    /** What is to be thought of it. */
    public enum Standing {
        /** No coordinator will ever end it. */
        HANGING,
        /** Its coordinator knows it, but should have ended it by now. */
        OVERDUE,
        /** It may be of a transactional id that this user may not see. */
        UNKNOWN
    }

    static OpenTransaction of(
            TopicPartition partition, ProducerState producer, String transactionalId, Standing standing, String words) {
        return new OpenTransaction(
                partition,
                producer.producerId(),
                producer.producerEpoch(),
                producer.coordinatorEpoch().orElse(0),
                producer.currentTransactionStartOffset().orElseThrow(),
                Instant.ofEpochMilli(producer.lastTimestamp()),
                transactionalId,
                standing,
                words);
    }

    /** Whether nobody but an operator can end it. */
    public boolean isHanging() {
        return standing == Standing.HANGING;
    }

    /** Whether a producer is still where this one was. */
    boolean isStill(ProducerState producer) {
        return producer.producerId() == producerId
                && producer.producerEpoch() == epoch
                && producer.currentTransactionStartOffset().orElse(-1) == offset;
    }

    AbortTransactionSpec spec() {
        return new AbortTransactionSpec(partition, producerId, (short) epoch, coordinatorEpoch);
    }

    /** Where it is, whose, and since when. */
    public String text() {
        return partition + ": " + standing.name().toLowerCase(Locale.ROOT) + " transaction of producer "
                + producerId + ", epoch " + epoch + ", from offset " + offset + ", last written " + lastWritten + "; "
                + coordinator;
    }

    public ObjectNode json() {
        return JsonNodeFactory.instance
                .objectNode()
                .put("topic", partition.topic())
                .put("partition", partition.partition())
                .put("offset", offset)
                .put("standing", standing.name())
                .put("producerId", producerId)
                .put("epoch", epoch)
                .put("lastWritten", lastWritten.toString())
                .put("transactionalId", transactionalId.isEmpty() ? null : transactionalId)
                .put("coordinator", coordinator);
    }
}
