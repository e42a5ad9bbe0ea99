package io.weighbridge.matcher.store;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/** What searches note of entries, durable like these and gone with them: which are still to be done, and how often protected codes match. */
public final class SearchNotes {

    private final KeyValueStore<Bytes, byte[]> durable;

    SearchNotes(KeyValueStore<Bytes, byte[]> durable) {
        this.durable = durable;
    }

    /** A search that is yet to be done, or to be gone on with. */
    public record Pending(RegionKey region, Identity identity, PendingSearch search) {}

    /** A protected code that matched too much. */
    public record Quarantined(RegionKey region, Identity identity, MatchTally tally) {}

    /** Notes a search that is to be done, or how far it is. */
    public void putPending(Pending pending) {
        durable.put(
                StoreKeys.of(StoreKeys.PENDING, pending.region(), pending.identity()),
                pending.search().toBytes());
    }

    /** Notes that a search is done. */
    public void removePending(RegionKey region, Identity identity) {
        durable.delete(StoreKeys.of(StoreKeys.PENDING, region, identity));
    }

    /** All searches that are to be done. */
    public List<Pending> pending() {
        var result = new ArrayList<Pending>();
        try (var all = all(StoreKeys.PENDING)) {
            while (all.hasNext()) {
                var entry = all.next();
                byte[] key = entry.key.get();
                result.add(new Pending(
                        StoreKeys.region(key), StoreKeys.identity(key), PendingSearch.fromBytes(entry.value)));
            }
        }
        return result;
    }

    /** How often a protected code has matched of late; empty if never. */
    public Optional<MatchTally> tally(RegionKey region, Identity identity) {
        return Optional.ofNullable(durable.get(StoreKeys.of(StoreKeys.FLOOD, region, identity)))
                .map(MatchTally::fromBytes);
    }

    /** Notes how often a protected code has matched. */
    public void putTally(RegionKey region, Identity identity, MatchTally tally) {
        durable.put(StoreKeys.of(StoreKeys.FLOOD, region, identity), tally.toBytes());
    }

    /** Every tally of a code in quarantine. */
    public List<Quarantined> quarantined() {
        var result = new ArrayList<Quarantined>();
        try (var all = all(StoreKeys.FLOOD)) {
            while (all.hasNext()) {
                var entry = all.next();
                var tally = MatchTally.fromBytes(entry.value);
                if (tally.isQuarantined()) {
                    byte[] key = entry.key.get();
                    result.add(new Quarantined(StoreKeys.region(key), StoreKeys.identity(key), tally));
                }
            }
        }
        return result;
    }

    /** Forgets all notes of an entry. */
    void remove(RegionKey region, Identity identity) {
        durable.delete(StoreKeys.of(StoreKeys.PENDING, region, identity));
        durable.delete(StoreKeys.of(StoreKeys.FLOOD, region, identity));
    }

    private KeyValueIterator<Bytes, byte[]> all(byte kind) {
        return durable.range(StoreKeys.first(kind), StoreKeys.last(kind));
    }
}
