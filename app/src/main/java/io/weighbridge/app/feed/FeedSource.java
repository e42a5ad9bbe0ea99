package io.weighbridge.app.feed;

import io.weighbridge.schemas.Topic;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** A topic and what its records do to the picture. Its producers are many, so what its records hold is looked at first. */
record FeedSource<V>(
        Topic<String, V> topic,
        Class<V> type,
        Predicate<V> fits,
        Consumer<Entry<V>> fold,
        Consumer<Entry<V>> withdraw) {

    static <V> FeedSource<V> of(Topic<String, V> topic, Class<V> type, Consumer<V> fold) {
        return ofEntries(topic, type, entry -> fold.accept(entry.value()));
    }

    static <V> FeedSource<V> ofEntries(Topic<String, V> topic, Class<V> type, Consumer<Entry<V>> fold) {
        return new FeedSource<>(topic, type, value -> true, fold, key -> {});
    }

    FeedSource<V> ifFits(Predicate<V> condition) {
        return new FeedSource<>(topic, type, condition, fold, withdraw);
    }

    /** What a tombstone does, with its key. */
    FeedSource<V> orElse(Consumer<String> onTombstone) {
        return orElseEntry(entry -> onTombstone.accept(entry.key()));
    }

    /** What a tombstone does. */
    FeedSource<V> orElseEntry(Consumer<Entry<V>> onTombstone) {
        return new FeedSource<>(topic, type, fits, fold, onTombstone);
    }

    void take(RecordDecoder decoder, ConsumerRecord<byte[], byte[]> raw) {
        decoder.decode(topic, raw).ifPresent(entry -> {
            if (entry.value() == null) {
                withdraw.accept(entry);
            } else if (fits.test(entry.value())) {
                fold.accept(entry);
            } else {
                decoder.leaveOut(raw, "expected a complete " + type.getSimpleName() + ", got one that lacks parts");
            }
        });
    }
}
