package io.weighbridge.app.client;

import io.weighbridge.schemas.CloudEvent;
import io.weighbridge.schemas.Topic;
import io.weighbridge.schemas.avro.CaseDecision;
import io.weighbridge.schemas.avro.ProtectedModel;
import io.weighbridge.schemas.avro.ProtectionPolicy;
import io.weighbridge.schemas.avro.Suppression;
import io.weighbridge.schemas.avro.UploadEvent;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Publishes the events that start everything, and what people decide, each acknowledged by the broker before its call returns. */
public final class Publisher implements AutoCloseable {

    private static final String SOURCE = "/weighbridge/cli";

    private final Cluster cluster;
    private final KafkaProducer<byte[], byte[]> producer;

    Publisher(Cluster cluster) {
        this.cluster = cluster;
        producer = new KafkaProducer<>(cluster.producerConfig(), new ByteArraySerializer(), new ByteArraySerializer());
    }

    /** A new event id. */
    public static String newId() {
        return UUID.randomUUID().toString();
    }

    /** Publishes an upload. */
    public void upload(UploadEvent event) {
        upload(event, cluster.topics().modelUploads());
    }

    /** Publishes what was uploaded long ago: scanned without holding up what is uploaded now. */
    public void backfill(UploadEvent event) {
        upload(event, cluster.topics().modelUploadsBackfill());
    }

    private void upload(UploadEvent event, Topic<String, UploadEvent> topic) {
        send(
                topic,
                event.getHub() + "/" + event.getRepo(),
                event,
                new CloudEvent(event.getId(), SOURCE, "io.weighbridge.model.uploaded.v1", event.getUploadedAt()));
    }

    /** Publishes a model to protect. */
    public void protect(ProtectedModel model) {
        send(
                cluster.topics().protectedModels(),
                model.getId(),
                model,
                new CloudEvent(newId(), SOURCE, "io.weighbridge.model.protected.v1", model.getProtectedAt()));
    }

    /** Publishes that a model is no longer protected. */
    public void withdraw(String protectedId) {
        send(
                cluster.topics().protectedModels(),
                protectedId,
                null,
                new CloudEvent(newId(), SOURCE, "io.weighbridge.model.withdrawn.v1", Instant.now()));
    }

    /** Publishes a decision on a case. */
    public void decide(CaseDecision decision) {
        send(
                cluster.topics().caseDecisions(),
                decision.getAlertId(),
                decision,
                new CloudEvent(decision.getId(), SOURCE, "io.weighbridge.case.decided.v1", decision.getDecidedAt()));
    }

    /** Publishes matches that nobody is to be told of. */
    public void suppress(Suppression suppression) {
        send(
                cluster.topics().suppressions(),
                suppression.getId(),
                suppression,
                new CloudEvent(newId(), SOURCE, "io.weighbridge.suppression.set.v1", suppression.getCreatedAt()));
    }

    /** Publishes that a suppression is over. */
    public void lift(String suppressionId) {
        send(
                cluster.topics().suppressions(),
                suppressionId,
                null,
                new CloudEvent(newId(), SOURCE, "io.weighbridge.suppression.lifted.v1", Instant.now()));
    }

    /** Publishes what is to become of a protected model's matches. */
    public void policy(ProtectionPolicy policy) {
        send(
                cluster.topics().protectionPolicies(),
                policy.getProtectedModelId(),
                policy,
                new CloudEvent(newId(), SOURCE, "io.weighbridge.protection.policy.v1", policy.getChangedAt()));
    }

    @Override
    public void close() {
        producer.close();
    }

    private <V> void send(Topic<String, V> topic, String key, V value, CloudEvent event) {
        byte[] bytes = value == null ? null : topic.value().serializer().serialize(topic.name(), value);
        byte[] keyBytes = key.getBytes(StandardCharsets.UTF_8);
        var record = new ProducerRecord<>(topic.name(), null, event.time().toEpochMilli(), keyBytes, bytes);
        event.putInto(record.headers());
        send(record);
    }

    private void send(ProducerRecord<byte[], byte[]> record) {
        try {
            producer.send(record).get();
        } catch (ExecutionException e) {
            throw new KafkaException(
                    "publishing to " + record.topic() + ": " + e.getCause().getMessage(), e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaException("interrupted while publishing to " + record.topic(), e);
        }
    }
}
