package io.weighbridge.app.feed;

import static io.weighbridge.schemas.LogEvent.event;

import io.weighbridge.schemas.Topic;
import io.weighbridge.schemas.serde.RegistryUnavailableException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns raw records into entries. One that cannot be decoded is counted, logged with its place, and left out: it must not hide the rest. */
final class RecordDecoder {

    private static final Logger LOG = LoggerFactory.getLogger(RecordDecoder.class);

    private final AtomicLong undecodable = new AtomicLong();

    /**
     * The entry, or nothing if its bytes are not a record of the topic.
     *
     * @throws FeedException if the schema registry does not answer: then nothing can be said of the bytes
     */
    <V> Optional<Entry<V>> decode(Topic<String, V> topic, ConsumerRecord<byte[], byte[]> raw) {
        try {
            String key = topic.key().deserializer().deserialize(topic.name(), raw.headers(), raw.key());
            V value = topic.value().deserializer().deserialize(topic.name(), raw.headers(), raw.value());
            var timestamp = Instant.ofEpochMilli(raw.timestamp());
            return Optional.of(new Entry<>(key, value, timestamp, raw.partition(), raw.offset(), raw.headers()));
        } catch (RegistryUnavailableException e) {
            throw new FeedException("schema of " + place(raw) + ": " + e.getMessage(), e);
        } catch (SerializationException e) {
            if (isOfNetwork(e)) {
                throw new FeedException("schema of " + place(raw) + ": " + e.getCause(), e);
            }
            leaveOut(raw, e.getMessage());
            return Optional.empty();
        }
    }

    /** Counts and logs a record that says nothing. */
    void leaveOut(ConsumerRecord<byte[], byte[]> raw, String why) {
        LOG.warn(event("feed.record.skipped"), "{}: cannot be decoded, left out: {}", place(raw), why);
        undecodable.incrementAndGet();
    }

    /** How many records were left out so far. */
    long undecodable() {
        return undecodable.get();
    }

    /** Confluent's own deserializer hides a registry that is away in the exception that it throws for bad bytes. */
    private static boolean isOfNetwork(SerializationException failure) {
        for (Throwable cause = failure.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof SocketException
                    || cause instanceof SocketTimeoutException
                    || cause instanceof UnknownHostException) {
                return true;
            }
        }
        return false;
    }

    private static String place(ConsumerRecord<?, ?> raw) {
        return raw.topic() + " partition " + raw.partition() + " offset " + raw.offset();
    }
}
