package io.weighbridge.app.operate.transaction;

import io.weighbridge.app.operate.transaction.OpenTransaction.Standing;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.admin.ProducerState;
import org.apache.kafka.clients.admin.TransactionDescription;
import org.apache.kafka.common.TopicPartition;

/**
 * What the coordinators tell of all transactions.
 *
 * @param byProducer the last transaction of each producer that is known, by its producer id
 * @param ids the transactional ids of the same
 * @param isComplete whether this user may see all transactional ids: else others may be known, too
 */
record Coordinators(Map<Long, TransactionDescription> byProducer, Map<Long, String> ids, BooleanSupplier isComplete) {

    /** What a coordinator may take to end a transaction after its time-out. */
    private static final Duration SLACK = Duration.ofMinutes(1);

    /** The longest time-out that brokers allow, unless they are told otherwise. */
    private static final Duration LONGEST = Duration.ofMinutes(15);

    Coordinators {
        byProducer = Map.copyOf(byProducer);
        ids = Map.copyOf(ids);
    }

    /** Whether a transaction that is open on a partition is under way, as most are. */
    boolean isUnderWay(TopicPartition partition, ProducerState producer, Instant now) {
        var known = byProducer.get(producer.producerId());
        return known == null
                ? !isComplete.getAsBoolean()
                        && Instant.ofEpochMilli(producer.lastTimestamp())
                                .plus(LONGEST)
                                .isAfter(now)
                : isIn(partition, known) && !isOverdue(known, now);
    }

    /** What to think of one that is not under way. */
    OpenTransaction judge(TopicPartition partition, ProducerState producer) {
        var known = byProducer.get(producer.producerId());
        String id = ids.getOrDefault(producer.producerId(), "");
        if (known == null) {
            return isComplete.getAsBoolean()
                    ? OpenTransaction.of(
                            partition, producer, id, Standing.HANGING, "no coordinator knows this producer")
                    : OpenTransaction.of(
                            partition,
                            producer,
                            id,
                            Standing.UNKNOWN,
                            "this user may not see the transactional ids of all producers");
        }
        String words = "the coordinator has " + id + " in " + known.state() + ", epoch " + known.producerEpoch();
        return isIn(partition, known)
                ? OpenTransaction.of(partition, producer, id, Standing.OVERDUE, words)
                : OpenTransaction.of(partition, producer, id, Standing.HANGING, words + ", not on this partition");
    }

    /** The coordinator takes a partition out once the end of the transaction is written there. */
    private static boolean isIn(TopicPartition partition, TransactionDescription known) {
        return known.topicPartitions().contains(partition);
    }

    private static boolean isOverdue(TransactionDescription known, Instant now) {
        return known.transactionStartTimeMs().isPresent()
                && Instant.ofEpochMilli(known.transactionStartTimeMs().getAsLong())
                        .plusMillis(known.transactionTimeoutMs())
                        .plus(SLACK)
                        .isBefore(now);
    }
}
