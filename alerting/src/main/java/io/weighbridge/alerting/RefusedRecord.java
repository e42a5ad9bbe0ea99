package io.weighbridge.alerting;

import io.weighbridge.schemas.Topics;
import io.weighbridge.schemas.avro.DeadLetter;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/** The dead letter of an alert or decision that fits no case. */
final class RefusedRecord {

    private static final String STAGE = "alerting/" + AlertingTopology.UPDATE_CASES;

    private RefusedRecord() {}

    /** What is wrong with a record that is not under its alert's id; empty if nothing is. */
    static Optional<String> misfit(String expected, String key, String alertId) {
        if (alertId == null) {
            return Optional.of("value: expected " + expected + ", got null");
        }
        return alertId.equals(key)
                ? Optional.empty()
                : Optional.of("key: expected the alert id " + alertId + ", got " + key);
    }

    /** The key that a dead letter goes under. */
    static String key(DeadLetter letter) {
        return letter.getTopic() + "-" + letter.getPartition() + "-" + letter.getOffset();
    }

    /** The dead letter of the record that is being processed. */
    static DeadLetter letter(
            ProcessorContext<?, ?> context, Topics topics, String key, SpecificRecord value, String cause) {
        RecordMetadata origin = context.recordMetadata().orElseThrow();
        return DeadLetter.newBuilder()
                .setTopic(origin.topic())
                .setPartition(origin.partition())
                .setOffset(origin.offset())
                .setStage(STAGE)
                .setCause(cause)
                .setKey(key == null ? null : ByteBuffer.wrap(key.getBytes(StandardCharsets.UTF_8)))
                .setValue(value == null ? null : bytes(topics, origin.topic(), value))
                .setFailedAt(Instant.ofEpochMilli(context.currentSystemTimeMs()))
                .build();
    }

    private static ByteBuffer bytes(Topics topics, String topic, SpecificRecord value) {
        try (var serde = topics.avroSerde()) {
            return ByteBuffer.wrap(serde.serializer().serialize(topic, value));
        }
    }
}
