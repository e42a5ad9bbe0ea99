package io.weighbridge.matcher;

import io.weighbridge.schemas.Topic;
import io.weighbridge.schemas.avro.DeadLetter;
import io.weighbridge.schemas.avro.IndexMessage;
import io.weighbridge.schemas.avro.ModelCode;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Collection;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/** What the two splitting processors share: how messages and dead letters leave them. */
final class Splitter {

    private final ProcessorContext<String, Split> context;
    private final Topic<String, ModelCode> topic;
    private final String stage;

    /** @param stage role and node, for dead letters */
    Splitter(ProcessorContext<String, Split> context, Topic<String, ModelCode> topic, String stage) {
        this.context = context;
        this.topic = topic;
        this.stage = stage;
    }

    /** Sends messages, each to its place. */
    void send(Collection<IndexMessage> messages, long timestamp) {
        for (var message : messages) {
            String place = IndexEntry.of(message).placeKey();
            context.forward(new Record<>(place, new Split.Sent(message), timestamp));
        }
    }

    /** Sends a record that cannot be matched to the dead letters, whole. A dead letter is of the time of failure; nothing is matched by it. */
    void refuse(Record<String, ModelCode> record, String cause) {
        long now = context.currentSystemTimeMs();
        var metadata = context.recordMetadata();
        int partition = metadata.map(at -> at.partition()).orElse(-1);
        long offset = metadata.map(at -> at.offset()).orElse(-1L);
        var deadLetter = DeadLetter.newBuilder()
                .setTopic(topic.name())
                .setPartition(partition)
                .setOffset(offset)
                .setStage(stage)
                .setCause(cause)
                .setKey(wrap(topic.key().serializer().serialize(topic.name(), record.key())))
                .setValue(wrap(topic.value().serializer().serialize(topic.name(), record.value())))
                .setFailedAt(Instant.ofEpochMilli(now))
                .build();
        String key = topic.name() + "-" + partition + "-" + offset;
        context.forward(new Record<>(key, new Split.Refused(deadLetter), now));
    }

    private static ByteBuffer wrap(byte[] bytes) {
        return bytes == null ? null : ByteBuffer.wrap(bytes);
    }
}
