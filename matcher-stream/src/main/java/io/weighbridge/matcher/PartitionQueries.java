package io.weighbridge.matcher;

import io.weighbridge.hash.PerceptualCode;
import io.weighbridge.hash.search.SearchMode;
import io.weighbridge.matcher.PartitionStatus.State;
import io.weighbridge.matcher.store.CodeSide;
import io.weighbridge.matcher.store.Region;
import io.weighbridge.matcher.store.RegionKey;
import io.weighbridge.matcher.store.SubstringStore;
import io.weighbridge.schemas.avro.IndexMessage;
import io.weighbridge.schemas.avro.ProtectedRef;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;

/**
 * Questions to one partition of the index, asked from any thread. Everything is read under the store's lock, and a scan lets go of it after
 * {@value #CHUNK} codes, a few milliseconds, so that the task's thread never waits long.
 *
 * <p>All methods throw {@link IllegalStateException} if the partition is not, or no longer, active here.
 */
final class PartitionQueries {

    /** Slots compared while the lock is held. */
    private static final int CHUNK = 1 << 15;

    private final int partition;
    private final SubstringStore store;
    private final ReadOnlyKeyValueStore<Bytes, IndexMessage> details;

    PartitionQueries(int partition, SubstringStore store, ReadOnlyKeyValueStore<Bytes, IndexMessage> details) {
        this.partition = partition;
        this.store = store;
        this.details = details;
    }

    /**
     * The protected models and baselines near a code, each once.
     *
     * @param radiusBits inclusive; if the plan has no {@link SearchMode#SCAN}, at most the rule's threshold
     * @param most how many of each to name
     */
    PartitionAnswer lookUp(MatchRule rule, PerceptualCode code, int radiusBits, int most) {
        // Kept once for a scan, once for each position with the index: either finds each model once.
        var mode = rule.plan().modes().contains(SearchMode.SCAN) ? SearchMode.SCAN : SearchMode.INDEX;
        var models = new NearestModels(most);
        for (var key : keys(rule, mode, CodeSide.PROTECTED)) {
            search(rule, key, code, radiusBits, models);
        }
        var baselines = new NearestModels(most);
        var nearest = new NearestModels(1);
        var baselineKey =
                new RegionKey(IndexEntry.baselinePlace(rule.id().toString()), SearchMode.SCAN, CodeSide.BASELINE);
        store.read(() -> {
            var region = store.regions().get(baselineKey);
            if (region != null) {
                region.scan(List.of(code), code.bits(), 0, region.limit(), (query, slot, bits) -> {
                    nearest.add(region.identity(slot), bits);
                    if (bits <= radiusBits) {
                        baselines.add(region.identity(slot), bits);
                    }
                });
            }
            return null;
        });
        return new PartitionAnswer(
                partition,
                models.found(),
                named(rule, CodeSide.PROTECTED, models),
                named(rule, CodeSide.BASELINE, baselines),
                named(rule, CodeSide.BASELINE, nearest).stream().findFirst().orElse(null));
    }

    private List<RegionKey> keys(MatchRule rule, SearchMode mode, CodeSide side) {
        return store.read(() -> store.regions().keySet().stream()
                .filter(key -> key.side() == side
                        && key.mode() == mode
                        && key.algorithm().equals(rule.id().toString()))
                .toList());
    }

    private void search(MatchRule rule, RegionKey key, PerceptualCode code, int radiusBits, NearestModels models) {
        int next = 0;
        while (next != RegionSearch.DONE) {
            int from = next;
            next = store.read(() -> {
                Region region = store.regions().get(key);
                if (region == null) {
                    return RegionSearch.DONE;
                }
                return new RegionSearch(rule, key, region)
                        .some(
                                code,
                                radiusBits,
                                from,
                                CHUNK,
                                (query, slot, bits) -> models.add(region.identity(slot), bits));
            });
        }
    }

    /** Those whose details are there: one may have been withdrawn since it was found. */
    private List<NearModel> named(MatchRule rule, CodeSide side, NearestModels found) {
        return store.read(() -> {
            var named = new ArrayList<NearModel>();
            for (var near : found.nearestFirst()) {
                var message = details.get(EntryDetails.key(side, rule.id().toString(), near.identity()));
                if (message != null) {
                    named.add(new NearModel(message.getDetails().getProtectedModel(), near.distanceBits()));
                }
            }
            return named;
        });
    }

    /** What the partition keeps, and how it fares. */
    PartitionStatus status() {
        return store.read(() -> {
            long newest = store.newestAppliedMillis();
            return new PartitionStatus(
                    partition,
                    State.ACTIVE,
                    codes(),
                    newest == 0 ? Optional.empty() : Optional.of(Instant.ofEpochMilli(newest)),
                    store.notes().pending().size(),
                    quarantined());
        });
    }

    private List<IndexCodes> codes() {
        return store.regions().entrySet().stream()
                .filter(entry -> entry.getValue().size() > 0)
                .map(entry -> {
                    var key = entry.getKey();
                    var region = entry.getValue();
                    return new IndexCodes(
                            key.algorithm(), key.place(), key.mode(), key.side(), region.size(), region.bytes());
                })
                .toList();
    }

    private List<QuarantinedModel> quarantined() {
        var models = new ArrayList<QuarantinedModel>();
        for (var one : store.notes().quarantined()) {
            String algorithm = one.region().algorithm();
            var message = details.get(EntryDetails.key(CodeSide.PROTECTED, algorithm, one.identity()));
            if (message != null) {
                ProtectedRef model = message.getDetails().getProtectedModel();
                models.add(new QuarantinedModel(model, algorithm, one.tally().held()));
            }
        }
        return models;
    }
}
