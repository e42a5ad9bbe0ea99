package io.weighbridge.app.http.access;

import static io.weighbridge.schemas.LogEvent.event;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.weighbridge.schemas.CloudEvent;
import io.weighbridge.schemas.Settings;
import io.weighbridge.schemas.Topic;
import io.weighbridge.schemas.Topics;
import io.weighbridge.schemas.avro.AuditEntry;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps the entries on the topic {@code api-audit.v1}, whose records are never removed. */
public final class KafkaAuditLog implements AuditLog {

    private static final Logger LOG = LoggerFactory.getLogger(KafkaAuditLog.class);
    private static final String SOURCE = "/weighbridge/api";
    private static final String TYPE = "io.weighbridge.api.audited.v1";

    private final Topic<String, AuditEntry> topic;
    private final KafkaProducer<String, byte[]> producer;
    private final Counter written;
    private final Counter lost;

    public KafkaAuditLog(Settings settings, MeterRegistry meters) {
        written = Counter.builder("weighbridge.audit.written")
                .description("Entries of the audit log that the brokers have")
                .register(meters);
        lost = Counter.builder("weighbridge.audit.failures")
                .description("Entries of the audit log that could not be written; each is in the log of the process")
                .register(meters);
        topic = Topics.of(settings).apiAudit();
        Map<String, Object> config = new HashMap<>(settings.kafka());
        config.put(ProducerConfig.ACKS_CONFIG, "all");
        config.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, "2000");
        config.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, "3000");
        config.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, "4000");
        config.put(ProducerConfig.LINGER_MS_CONFIG, "0");
        producer = new KafkaProducer<>(config, new StringSerializer(), new ByteArraySerializer());
    }

    @Override
    public Future<?> write(AuditEntry entry) {
        try {
            byte[] value = topic.value().serializer().serialize(topic.name(), entry);
            var record =
                    new ProducerRecord<>(topic.name(), null, entry.getAt().toEpochMilli(), entry.getActor(), value);
            new CloudEvent(entry.getId(), SOURCE, TYPE, entry.getAt()).putInto(record.headers());
            return producer.send(record, (kept, failure) -> {
                if (failure == null) {
                    written.increment();
                } else {
                    lose(entry, failure);
                }
            });
        } catch (RuntimeException e) {
            lose(entry, e);
            return CompletableFuture.failedFuture(e);
        }
    }

    private void lose(AuditEntry entry, Exception failure) {
        lost.increment();
        LOG.error(
                event("audit.entry.lost"),
                "request {}: its entry of status {} is lost",
                entry.getId(),
                entry.getStatus(),
                failure);
    }

    @Override
    public void close() {
        producer.close();
    }
}
