package io.weighbridge.alerting.sink;

import static io.weighbridge.schemas.LogEvent.event;

import io.weighbridge.schemas.Topic;
import io.weighbridge.schemas.Topics;
import io.weighbridge.schemas.avro.DeadLetter;
import io.weighbridge.schemas.serde.RegistryUnavailableException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts aside, whole, the records that a sink did not take. */
final class DeadLetterWriter implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(DeadLetterWriter.class);
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final Topic<String, DeadLetter> topic;
    private final String stage;
    private final Producer<String, byte[]> producer;

    DeadLetterWriter(Topics topics, Map<String, Object> producerConfig, String sink) {
        topic = topics.deadLetters();
        stage = "alerting/sink-" + sink;
        producer = new KafkaProducer<>(producerConfig, new StringSerializer(), new ByteArraySerializer());
    }

    /**
     * Returns once the brokers have the dead letter, however long that takes.
     *
     * @throws KafkaException if they will never take it
     */
    void write(ConsumerRecord<byte[], byte[]> record, String cause) throws InterruptedException {
        LOG.atWarn()
                .addMarker(event("sink.delivery.failed"))
                .addKeyValue("stage", stage)
                .addKeyValue("topic", record.topic())
                .addKeyValue("partition", record.partition())
                .addKeyValue("offset", record.offset())
                .log(
                        "{}: {}-{} at offset {} goes to {}: {}",
                        stage,
                        record.topic(),
                        record.partition(),
                        record.offset(),
                        topic.name(),
                        cause);
        while (!isWritten(letter(record, cause))) {
            TimeUnit.MILLISECONDS.sleep(PAUSE.toMillis());
        }
    }

    @Override
    public void close() {
        producer.close();
    }

    private boolean isWritten(DeadLetter letter) throws InterruptedException {
        String key = letter.getTopic() + "-" + letter.getPartition() + "-" + letter.getOffset();
        try {
            byte[] value = topic.value().serializer().serialize(topic.name(), letter);
            producer.send(new ProducerRecord<>(topic.name(), key, value)).get();
            return true;
        } catch (ExecutionException | KafkaException e) {
            Throwable problem = e instanceof ExecutionException ? e.getCause() : e;
            refuseIfFinal(key, problem);
            LOG.warn(
                    event("sink.deadletter.postponed"),
                    "{}: dead letter {} not written yet: {}",
                    stage,
                    key,
                    problem.getMessage());
            return false;
        }
    }

    /** A broker that is away comes back, and so does a schema registry; everything else stays as it is. */
    private void refuseIfFinal(String key, Throwable problem) throws InterruptedException {
        if (problem instanceof InterruptException) {
            Thread.interrupted();
            throw new InterruptedException("interrupted while writing dead letter " + key);
        }
        if (!(problem instanceof RetriableException || problem instanceof RegistryUnavailableException)) {
            throw new KafkaException("dead letter " + key + " cannot be written to " + topic.name(), problem);
        }
    }

    private DeadLetter letter(ConsumerRecord<byte[], byte[]> record, String cause) {
        return DeadLetter.newBuilder()
                .setTopic(record.topic())
                .setPartition(record.partition())
                .setOffset(record.offset())
                .setStage(stage)
                .setCause(cause)
                .setKey(buffer(record.key()))
                .setValue(buffer(record.value()))
                .setFailedAt(Instant.now())
                .build();
    }

    private static ByteBuffer buffer(byte[] bytes) {
        return bytes == null ? null : ByteBuffer.wrap(bytes);
    }
}
