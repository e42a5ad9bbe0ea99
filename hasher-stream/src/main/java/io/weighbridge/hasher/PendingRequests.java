package io.weighbridge.hasher;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.streams.state.TimestampedKeyValueStore;
import org.apache.kafka.streams.state.ValueAndTimestamp;

/**
 * The requests of a task that have no outcome yet, in its pending store. Models take turns: after the head of one comes the head of the
 * next in key order, round and round, so a model with a thousand revisions delays no other.
 */
final class PendingRequests<V> {

    private final TimestampedKeyValueStore<PendingKey, V> store;
    private final Backlog backlog;
    private PendingKey turn = PendingKey.FIRST;
    private long nextSequence;

    /** Reads the whole store once, to go on where its last owner stopped. */
    PendingRequests(TimestampedKeyValueStore<PendingKey, V> store, Backlog backlog) {
        this.store = store;
        this.backlog = backlog;
        try (var all = store.all()) {
            while (all.hasNext()) {
                var entry = all.next();
                nextSequence = Math.max(nextSequence, entry.key.sequence() + 1);
                backlog.add(entry.value.timestamp());
            }
        }
    }

    /** A request and the timestamp of its record. */
    record Pending<V>(PendingKey key, V request, long timestampMillis) {}

    /** Puts a request behind all others of its model. */
    Pending<V> add(String model, V request, long timestampMillis) {
        var key = new PendingKey(model, nextSequence++);
        store.put(key, ValueAndTimestamp.make(request, timestampMillis));
        backlog.add(timestampMillis);
        return new Pending<>(key, request, timestampMillis);
    }

    /** How many there are. */
    long size() {
        return backlog.size();
    }

    void remove(Pending<V> done) {
        store.delete(done.key());
        backlog.remove(done.timestampMillis());
    }

    /** All requests of a model, oldest first. */
    List<Pending<V>> of(String model) {
        var pending = new ArrayList<Pending<V>>();
        try (var range = store.range(PendingKey.firstOf(model), PendingKey.lastOf(model))) {
            range.forEachRemaining(
                    entry -> pending.add(new Pending<>(entry.key, entry.value.value(), entry.value.timestamp())));
        }
        return pending;
    }

    /** The oldest request of the model whose turn it is, passing over busy ones; empty if all that have any are busy. */
    Optional<Pending<V>> nextExcept(Set<String> busy) {
        return firstFrom(turn, busy).or(() -> firstFrom(PendingKey.FIRST, busy));
    }

    /** The model of this request has had its turn. */
    void passTurn(Pending<V> begun) {
        turn = PendingKey.lastOf(begun.key().model());
    }

    /** Seeks from model to model, so the cost is one seek for each busy one, however much it has pending. */
    private Optional<Pending<V>> firstFrom(PendingKey from, Set<String> busy) {
        var head = head(from);
        while (head.isPresent() && busy.contains(head.get().key().model())) {
            head = head(PendingKey.lastOf(head.get().key().model()));
        }
        return head;
    }

    private Optional<Pending<V>> head(PendingKey from) {
        try (var range = store.range(from, null)) {
            if (!range.hasNext()) {
                return Optional.empty();
            }
            var entry = range.next();
            return Optional.of(new Pending<>(entry.key, entry.value.value(), entry.value.timestamp()));
        }
    }
}
