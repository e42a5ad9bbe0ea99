package io.weighbridge.matcher;

import io.weighbridge.hash.PerceptualCode;
import io.weighbridge.hash.search.SearchMode;
import io.weighbridge.matcher.store.CodeSide;
import io.weighbridge.matcher.store.Identity;
import io.weighbridge.matcher.store.MatchTally;
import io.weighbridge.matcher.store.PendingSearch;
import io.weighbridge.matcher.store.RegionKey;
import io.weighbridge.matcher.store.SubstringStore;
import io.weighbridge.schemas.avro.BaselineMatch;
import io.weighbridge.schemas.avro.IndexMessage;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;

/** From pairs of codes within the threshold to findings: retention, public baselines, quarantine. */
final class Findings {

    private final SubstringStore store;
    private final ReadOnlyKeyValueStore<Bytes, IndexMessage> details;
    private final MatcherSettings settings;
    private final Consumer<Finding> found;

    Findings(
            SubstringStore store,
            ReadOnlyKeyValueStore<Bytes, IndexMessage> details,
            MatcherSettings settings,
            Consumer<Finding> found) {
        this.store = store;
        this.details = details;
        this.settings = settings;
        this.found = found;
    }

    /** Whose codes are near each other. */
    record Pair(Identity upload, PerceptualCode uploadCode, RegionKey protectedRegion, Identity protectedModel) {}

    /** An upload that arrived just now. */
    void live(MatchRule rule, long arrival, Pair pair, PerceptualCode protectedCode, int distanceBits) {
        find(rule, pair, protectedCode, distanceBits, tally -> settings.flood().withLive(tally, arrival));
    }

    /** An upload from before the protection. */
    void earlier(MatchRule rule, PendingSearch search, Pair pair, PerceptualCode protectedCode, int distanceBits) {
        find(rule, pair, protectedCode, distanceBits, tally -> settings.flood().withEarlier(tally, search));
    }

    private void find(
            MatchRule rule,
            Pair pair,
            PerceptualCode protectedCode,
            int distanceBits,
            UnaryOperator<MatchTally> counting) {
        String algorithm = rule.id().toString();
        var match = new Match(
                rule,
                EntryDetails.get(details, CodeSide.UPLOAD, algorithm, pair.upload()),
                pair.uploadCode(),
                EntryDetails.get(details, CodeSide.PROTECTED, algorithm, pair.protectedModel()),
                protectedCode,
                distanceBits,
                nearestBaseline(pair.uploadCode(), distanceBits));
        if (match.isPast(settings.retention())) {
            return;
        }
        if (match.baseline().isPresent() && match.baseline().get().getMarginBits() < settings.baselineMarginBits()) {
            found.accept(new Finding(match, Finding.Fate.BASELINE));
            return;
        }
        var before = store.notes()
                .tally(pair.protectedRegion(), pair.protectedModel())
                .orElse(MatchTally.NONE);
        var tally = counting.apply(before);
        if (!tally.equals(before)) {
            store.notes().putTally(pair.protectedRegion(), pair.protectedModel(), tally);
        }
        found.accept(new Finding(match, tally.isQuarantined() ? Finding.Fate.QUARANTINE : Finding.Fate.ALERT));
    }

    /** Baselines are few and matches rare, so all are compared. */
    private Optional<BaselineMatch> nearestBaseline(PerceptualCode upload, int distanceBits) {
        String algorithm = upload.algorithm().toString();
        var key = new RegionKey(IndexEntry.baselinePlace(algorithm), SearchMode.SCAN, CodeSide.BASELINE);
        var baselines = store.region(key);
        int[] nearest = {-1, Integer.MAX_VALUE};
        baselines.scan(List.of(upload), upload.bits(), 0, baselines.limit(), (query, slot, bits) -> {
            boolean isFirst =
                    bits == nearest[1] && baselines.identity(slot).compareTo(baselines.identity(nearest[0])) < 0;
            if (bits < nearest[1] || isFirst) {
                nearest[0] = slot;
                nearest[1] = bits;
            }
        });
        if (nearest[0] < 0) {
            return Optional.empty();
        }
        var model = EntryDetails.get(details, CodeSide.BASELINE, algorithm, baselines.identity(nearest[0]))
                .getDetails()
                .getProtectedModel();
        return Optional.of(BaselineMatch.newBuilder()
                .setId(model.getId())
                .setName(model.getName())
                .setDistanceBits(nearest[1])
                .setMarginBits(nearest[1] - distanceBits)
                .build());
    }
}
