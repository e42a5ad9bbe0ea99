package io.weighbridge.alerting.sink;

import static io.weighbridge.schemas.LogEvent.event;

import io.weighbridge.schemas.Settings;
import io.weighbridge.schemas.Topics;
import io.weighbridge.schemas.avro.InfringementAlert;
import io.weighbridge.schemas.serde.RegistryUnavailableException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes records to a sink, or to the dead letters: when {@link #deliver} returns, each is in one of the two, or the filter said that nobody is
 * to be told of it.
 */
final class Deliverer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Deliverer.class);
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final AlertSink sink;
    private final AlertFilter filter;
    private final Deserializer<InfringementAlert> alerts;
    private final DeadLetterWriter deadLetters;
    private final SinkMetrics metrics;

    Deliverer(AlertSink sink, AlertFilter filter, Topics topics, Settings settings, SinkMetrics metrics) {
        this.sink = sink;
        this.filter = filter;
        alerts = topics.infringementAlerts().value().deserializer();
        deadLetters = new DeadLetterWriter(topics, SinkClients.producer(settings, sink.name()), sink.name());
        this.metrics = metrics;
    }

    /** How many records it takes at a time. */
    int mostAtOnce() {
        return sink.mostAtOnce();
    }

    /**
     * Delivers at least one record.
     *
     * @throws InterruptedException if one is in neither, because the sink is to stop
     */
    void deliver(List<ConsumerRecord<byte[], byte[]>> records) throws InterruptedException {
        metrics.begun(Instant.ofEpochMilli(records.get(0).timestamp()));
        try {
            decideAndDeliver(records);
        } finally {
            metrics.ended();
        }
    }

    @Override
    public void close() {
        sink.close();
        deadLetters.close();
        alerts.close();
    }

    private void decideAndDeliver(List<ConsumerRecord<byte[], byte[]>> records) throws InterruptedException {
        var told = new LinkedHashMap<ConsumerRecord<byte[], byte[]>, InfringementAlert>();
        for (var record : records) {
            toTell(record).ifPresent(alert -> told.put(record, alert));
        }
        List<Delivery> ends = sink.deliverAll(List.copyOf(told.values()));
        int next = 0;
        for (var record : told.keySet()) {
            if (ends.get(next++) instanceof Delivery.Refused refused) {
                giveUp(record, refused.cause());
            } else {
                metrics.delivered();
            }
        }
    }

    /** The alert of a record; empty if it has none, or nobody is to be told of it. */
    private Optional<InfringementAlert> toTell(ConsumerRecord<byte[], byte[]> record) throws InterruptedException {
        InfringementAlert alert;
        try {
            alert = read(record);
        } catch (SerializationException e) {
            giveUp(record, e.getMessage());
            return Optional.empty();
        }
        Optional<String> silence = filter.silenced(alert);
        if (silence.isEmpty()) {
            return Optional.of(alert);
        }
        LOG.debug("sink {}: alert {} is silenced: {}", sink.name(), alert.getAlertId(), silence.get());
        metrics.silenced();
        return Optional.empty();
    }

    private void giveUp(ConsumerRecord<byte[], byte[]> record, String cause) throws InterruptedException {
        deadLetters.write(record, cause);
        metrics.failed();
    }

    /** Waits for a schema registry that does not answer: that says nothing about the record. */
    private InfringementAlert read(ConsumerRecord<byte[], byte[]> record) throws InterruptedException {
        while (true) {
            try {
                return checked(alerts.deserialize(record.topic(), record.value()));
            } catch (KafkaException e) {
                if (!isRegistryAway(e)) {
                    throw e;
                }
                LOG.warn(event("sink.read.failed"), "sink {}: cannot read alerts yet: {}", sink.name(), e.getMessage());
                TimeUnit.MILLISECONDS.sleep(PAUSE.toMillis());
            }
        }
    }

    /** Our own serde says so by the type; Confluent's wraps the I/O error. */
    private static boolean isRegistryAway(KafkaException e) {
        return e instanceof RegistryUnavailableException
                || e.getCause() instanceof SocketException
                || e.getCause() instanceof SocketTimeoutException
                || e.getCause() instanceof UnknownHostException;
    }

    private static InfringementAlert checked(InfringementAlert alert) {
        if (alert == null) {
            throw new SerializationException("value: expected an alert, got null");
        }
        return alert;
    }
}
