package io.weighbridge.schemas;

import static io.weighbridge.schemas.LogEvent.event;

import io.weighbridge.schemas.avro.DeadLetter;
import io.weighbridge.schemas.serde.RegistryUnavailableException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.streams.errors.DeserializationExceptionHandler;
import org.apache.kafka.streams.errors.ErrorHandlerContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts records that can never be read into the dead-letter topic, whole and with the cause, and goes on with the next one. The dead letter
 * goes out in a transaction of its task: it is never lost. Kafka Streams reads one record ahead, so after a crash a second one may follow,
 * under the same key.
 *
 * <p>Only a record's own bytes can condemn it. If the schema registry is out of reach, or anything else went wrong, the task stops and
 * reads the same record again when it comes back.
 *
 * <p>Global stores have no transaction that a dead letter could go out in, and each instance reads their topics at each start: there such a
 * record is logged, and stays in its topic, which keeps the last one of each key.
 */
public final class DeadLetterHandler implements DeserializationExceptionHandler {

    /** Setting that the role's name travels in, for {@link DeadLetter#getStage()}. */
    static final String ROLE = "weighbridge.role";

    /** Key and value above this are cut, so that the dead letter fits a topic with the default limit of 1 MiB per batch. */
    static final int MOST_BYTES = 1_000_000;

    /** What {@link #cut} writes. */
    private static final Pattern CUT =
            Pattern.compile("; of the (key|value) the first \\d+ of \\d+ bytes are kept here");

    /** What Kafka Streams takes for the part of a topology that reads global stores. */
    private static final int GLOBAL = -1;

    private static final Logger LOG = LoggerFactory.getLogger(DeadLetterHandler.class);

    private Topic<String, DeadLetter> deadLetters;
    private String role;

    @Override
    public void configure(Map<String, ?> configs) {
        var settings = new TreeMap<String, String>();
        configs.forEach((name, value) -> settings.put(name, String.valueOf(value)));
        deadLetters = Topics.of(new Settings(settings)).deadLetters();
        role = settings.getOrDefault(ROLE, "streams");
    }

    @Override
    public Response handleError(ErrorHandlerContext context, ConsumerRecord<byte[], byte[]> record, Exception failure) {
        if (!isBlameOfTheRecord(failure)) {
            return Response.fail();
        }
        if (context.taskId().subtopology() == GLOBAL) {
            LOG.error(
                    event("rule.record.skipped"),
                    "{} partition {} offset {}: left out: {}",
                    record.topic(),
                    record.partition(),
                    record.offset(),
                    cause(failure));
            return Response.resume();
        }
        String key = record.topic() + "-" + record.partition() + "-" + record.offset();
        var letter = new ProducerRecord<>(
                deadLetters.name(),
                null,
                null,
                deadLetters.key().serializer().serialize(deadLetters.name(), key),
                deadLetters.value().serializer().serialize(deadLetters.name(), letter(context, record, failure)),
                record.headers());
        return Response.resume(List.of(letter));
    }

    private DeadLetter letter(ErrorHandlerContext context, ConsumerRecord<byte[], byte[]> record, Exception failure) {
        byte[] key = record.key();
        byte[] value = record.value();
        int keyBytes = key == null ? 0 : Math.min(key.length, MOST_BYTES / 2);
        int valueBytes = value == null ? 0 : Math.min(value.length, MOST_BYTES - keyBytes);
        return DeadLetter.newBuilder()
                .setTopic(record.topic())
                .setPartition(record.partition())
                .setOffset(record.offset())
                .setStage(role + "/" + context.processorNodeId())
                .setCause(cause(failure) + cut("key", key, keyBytes) + cut("value", value, valueBytes))
                .setKey(key == null ? null : ByteBuffer.wrap(Arrays.copyOf(key, keyBytes)))
                .setValue(value == null ? null : ByteBuffer.wrap(Arrays.copyOf(value, valueBytes)))
                .setFailedAt(Instant.now().truncatedTo(ChronoUnit.MILLIS))
                .build();
    }

    /** Whether a dead letter of this cause does not hold the whole record, so that it cannot be written again. */
    public static boolean isCut(String cause) {
        return CUT.matcher(cause).find();
    }

    /** Our serdes say all in the first message; Confluent's leave what was wrong to the cause behind it. */
    private static String cause(Throwable failure) {
        var text = new StringBuilder(String.valueOf(failure.getMessage()));
        for (Throwable cause = failure.getCause(); cause != null; cause = cause.getCause()) {
            String message = String.valueOf(cause.getMessage());
            if (text.indexOf(message) < 0) {
                text.append(": ").append(message);
            }
        }
        return text.toString();
    }

    private static String cut(String what, byte[] bytes, int kept) {
        return bytes == null || bytes.length == kept
                ? ""
                : "; of the " + what + " the first " + kept + " of " + bytes.length + " bytes are kept here";
    }

    private static boolean isBlameOfTheRecord(Exception failure) {
        return failure instanceof SerializationException && outage(failure).isEmpty();
    }

    /** The brokers' or the registry's giving no answer, if a failure comes from that: the same may be done again later. */
    public static Optional<Throwable> outage(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (isOutage(cause)) {
                return Optional.of(cause);
            }
        }
        return Optional.empty();
    }

    /** Confluent's deserializer wraps outages in the exception that it throws for unreadable bytes, too; its classes are not ours to name. */
    private static boolean isOutage(Throwable cause) {
        if (cause.getClass().getSimpleName().equals("RestClientException")) {
            return !String.valueOf(cause.getMessage()).contains("error code: 4040");
        }
        return cause instanceof RegistryUnavailableException
                || cause instanceof RetriableException
                || cause instanceof SocketException
                || cause instanceof SocketTimeoutException
                || cause instanceof UnknownHostException
                || cause instanceof SSLException;
    }
}
