package io.weighbridge.alerting;

import io.weighbridge.schemas.Topics;
import io.weighbridge.schemas.avro.DeadLetter;
import io.weighbridge.schemas.avro.InfringementAlert;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/** Turns an alert that is not under its own id into a dead letter. */
final class RefuseAlert extends ContextualProcessor<String, InfringementAlert, String, DeadLetter> {

    private final Topics topics;

    RefuseAlert(Topics topics) {
        this.topics = topics;
    }

    @Override
    public void process(Record<String, InfringementAlert> alert) {
        RecordMetadata origin = context().recordMetadata().orElseThrow();
        var letter = DeadLetter.newBuilder()
                .setTopic(origin.topic())
                .setPartition(origin.partition())
                .setOffset(origin.offset())
                .setStage("alerting/update-cases")
                .setCause(cause(alert))
                .setKey(keyBytes(alert.key()))
                .setValue(valueBytes(alert.value()))
                .setFailedAt(Instant.ofEpochMilli(context().currentSystemTimeMs()))
                .build();
        context()
                .forward(alert.withKey(origin.topic() + "-" + origin.partition() + "-" + origin.offset())
                        .withValue(letter));
    }

    private static String cause(Record<String, InfringementAlert> alert) {
        return alert.value() == null
                ? "value: expected an alert, got null"
                : "key: expected the alert id " + alert.value().getAlertId() + ", got " + alert.key();
    }

    private static ByteBuffer keyBytes(String key) {
        return key == null ? null : ByteBuffer.wrap(key.getBytes(StandardCharsets.UTF_8));
    }

    private ByteBuffer valueBytes(InfringementAlert alert) {
        if (alert == null) {
            return null;
        }
        var alerts = topics.infringementAlerts();
        return ByteBuffer.wrap(alerts.value().serializer().serialize(alerts.name(), alert));
    }
}
