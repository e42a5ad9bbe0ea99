package io.weighbridge.app.feed;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.weighbridge.schemas.avro.DeadLetter;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;

/**
 * A dead letter without its bytes, and where these are.
 *
 * @param id topic-partition-offset of the record that could not be processed
 * @param key its key as text; null if it has none or is no text
 * @param sizeBytes of the kept key and value
 * @param letterPartition of the dead letter itself, in the topic of dead letters
 * @param letterOffset as {@code letterPartition}
 * @param redrivenAt when the record was written to its topic again; null if it was not
 */
public record DeadLetterRow(
        String id,
        String topic,
        String stage,
        String cause,
        Instant failedAt,
        String key,
        long sizeBytes,
        int letterPartition,
        long letterOffset,
        Instant redrivenAt) {

    /** What is known of a dead letter from itself alone. */
    public static DeadLetterRow of(Entry<DeadLetter> entry) {
        DeadLetter letter = entry.value();
        return new DeadLetterRow(
                letter.getTopic() + "-" + letter.getPartition() + "-" + letter.getOffset(),
                letter.getTopic(),
                letter.getStage(),
                letter.getCause(),
                letter.getFailedAt(),
                text(letter.getKey()).orElse(null),
                size(letter.getKey()) + size(letter.getValue()),
                entry.partition(),
                entry.offset(),
                null);
    }

    /** The same, written to its topic again. */
    public DeadLetterRow redriven(Instant at) {
        return new DeadLetterRow(id, topic, stage, cause, failedAt, key, sizeBytes, letterPartition, letterOffset, at);
    }

    /** As the API and the commands tell of it. */
    public ObjectNode json() {
        return JsonNodeFactory.instance
                .objectNode()
                .put("id", id)
                .put("topic", topic)
                .put("stage", stage)
                .put("cause", cause)
                .put("failedAt", failedAt.toString())
                .put("key", key)
                .put("sizeBytes", sizeBytes)
                .put("redrivenAt", redrivenAt == null ? null : redrivenAt.toString());
    }

    /** Text that people can read; empty for other bytes. */
    public static Optional<String> text(ByteBuffer bytes) {
        if (bytes == null) {
            return Optional.empty();
        }
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(bytes.duplicate())
                    .toString();
            return text.chars().anyMatch(Character::isISOControl) ? Optional.empty() : Optional.of(text);
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }

    private static long size(ByteBuffer bytes) {
        return bytes == null ? 0 : bytes.remaining();
    }
}
