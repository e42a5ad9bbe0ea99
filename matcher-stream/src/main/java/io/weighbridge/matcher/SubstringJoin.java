package io.weighbridge.matcher;

import io.weighbridge.hash.PerceptualCode;
import io.weighbridge.matcher.PendingSearches.Query;
import io.weighbridge.matcher.store.CodeSide;
import io.weighbridge.matcher.store.Identity;
import io.weighbridge.matcher.store.PendingSearch;
import io.weighbridge.matcher.store.RegionKey;
import io.weighbridge.matcher.store.SubstringStore;
import io.weighbridge.schemas.avro.IndexAction;
import io.weighbridge.schemas.avro.IndexMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * The symmetric join in one partition: keeps each code and matches it against the other side's codes kept before.
 *
 * <p>Whether a pair counts, and where it is reported, depends on the pair, the plan and the upload's mode alone. So the set of matches is the
 * same whichever side came first, and however places are dealt to partitions. A search is not done at once, but as if it were: each entry is
 * compared with those, and with those only, that were there when it came. Uploads that wait are searched for before anything changes among the
 * protected codes of their place; a protected code that still waits looks only at uploads from before it, and is done with them before
 * it is removed.
 */
final class SubstringJoin {

    /** So many codes share a pass over the others. */
    private static final int BATCH = 32;

    /** Slots of uploads that protected codes are compared with before live uploads get their turn again: a few milliseconds for each. */
    static final int CHUNK = 1 << 18;

    private final SubstringStore store;
    private final KeyValueStore<Bytes, IndexMessage> details;
    private final MatcherSettings settings;
    private final MatcherMetrics metrics;
    private final int chunk;
    private final Findings findings;
    private final PendingSearches pending;

    /**
     * @param store loaded
     * @param chunk slots of uploads that protected codes are compared with in one {@link #advance}
     * @param found takes every finding
     */
    SubstringJoin(
            SubstringStore store,
            KeyValueStore<Bytes, IndexMessage> details,
            MatcherSettings settings,
            MatcherMetrics metrics,
            int chunk,
            Consumer<Finding> found) {
        this.store = store;
        this.details = details;
        this.settings = settings;
        this.metrics = metrics;
        this.chunk = chunk;
        findings = new Findings(store, details, settings, found);
        pending = new PendingSearches(store);
    }

    /** Takes one message of this partition; messages of one code come in the order in which they were sent. */
    void accept(IndexEntry entry) {
        if (entry.side() != CodeSide.UPLOAD) {
            finishUploads(entry);
        }
        if (entry.message().getAction() == IndexAction.REMOVE) {
            remove(entry);
        } else {
            put(entry);
        }
    }

    /** Searches for every upload that waits, and a part of the waiting protected codes. */
    void advance() {
        for (var region : pending.regions(CodeSide.UPLOAD)) {
            finish(region);
        }
        for (var region : pending.regions(CodeSide.PROTECTED)) {
            step(region, chunk);
        }
    }

    /** How many searches are not done. */
    int pending() {
        return pending.size();
    }

    private void put(IndexEntry entry) {
        if (entry.message().getDetails() != null) {
            details.put(EntryDetails.key(entry), entry.message());
            if (entry.side() == CodeSide.UPLOAD) {
                // After the entries, which need them.
                store.forgetAfter(
                        entry.happenedAt().toEpochMilli() + 1,
                        EntryDetails.key(entry).get());
            }
        }
        if (entry.side() == CodeSide.UPLOAD && isKnownUpload(entry)) {
            return;
        }
        for (var region : entry.regions()) {
            if (!store.contains(region, entry.identity())) {
                long arrival = store.put(
                        region,
                        entry.identity(),
                        entry.code(),
                        entry.happenedAt().toEpochMilli());
                search(region, entry, arrival);
            }
        }
    }

    /** An upload that is delivered again may have been given another mode. */
    private boolean isKnownUpload(IndexEntry entry) {
        for (var mode : settings.rules().get(entry.algorithm()).plan().modes()) {
            if (store.contains(new RegionKey(entry.placeKey(), mode, CodeSide.UPLOAD), entry.identity())) {
                return true;
            }
        }
        return false;
    }

    private void search(RegionKey region, IndexEntry entry, long arrival) {
        switch (entry.side()) {
            case UPLOAD -> pending.start(region, entry.identity(), entry.code(), arrival);
            case PROTECTED -> {
                long before = store.region(region.of(CodeSide.UPLOAD)).arrived();
                if (before > 0) {
                    pending.start(region, entry.identity(), entry.code(), before);
                }
            }
            case BASELINE -> {
                // Kept for the matches to come.
            }
        }
    }

    private void remove(IndexEntry entry) {
        for (var region : entry.regions()) {
            finish(region);
            store.remove(region, entry.identity());
        }
        if (entry.message().getForgetsDetails()) {
            details.delete(EntryDetails.key(entry));
        }
    }

    /** Does what waits for the protected codes of a place, or for the baselines of an algorithm, before they change. */
    private void finishUploads(IndexEntry entry) {
        boolean isBaseline = entry.side() == CodeSide.BASELINE;
        for (var region : pending.regions(CodeSide.UPLOAD)) {
            boolean isConcerned = isBaseline
                    ? region.algorithm().equals(entry.message().getAlgorithm())
                    : region.place().equals(entry.placeKey());
            if (isConcerned) {
                finish(region);
            }
        }
        if (isBaseline) {
            for (var region : pending.regions(CodeSide.PROTECTED)) {
                if (region.algorithm().equals(entry.message().getAlgorithm())) {
                    finish(region);
                }
            }
        }
    }

    private void finish(RegionKey region) {
        while (pending.regions(region.side()).contains(region)) {
            step(region, Integer.MAX_VALUE);
        }
    }

    private void step(RegionKey region, int slots) {
        var batch = pending.take(region, BATCH);
        var rule = settings.rules().get(batch.get(0).code().algorithm());
        if (rule == null) {
            batch.forEach(pending::finish);
            return;
        }
        metrics.duration(rule.id()).record(() -> {
            if (region.side() == CodeSide.UPLOAD) {
                searchForUploads(rule, region, batch);
            } else {
                searchForProtected(rule, region, batch, slots);
            }
        });
    }

    private void searchForUploads(MatchRule rule, RegionKey region, List<Query> batch) {
        var protectedCodes = region.of(CodeSide.PROTECTED);
        var search = new RegionSearch(rule, protectedCodes, store.region(protectedCodes));
        var hits = new ArrayList<Hit>();
        long candidates = search.roaming(batch, (query, slot, bits) -> hits.add(new Hit(query, slot, bits)));
        metrics.candidates(rule.id(), candidates);
        for (var hit : hits) {
            var upload = batch.get(hit.query());
            var matched = store.region(protectedCodes);
            findings.live(
                    rule,
                    upload.search().arrival(),
                    pair(upload.identity(), upload.code(), protectedCodes, matched.identity(hit.slot())),
                    matched.code(hit.slot()),
                    hit.distanceBits());
        }
        batch.forEach(pending::finish);
    }

    private void searchForProtected(MatchRule rule, RegionKey region, List<Query> batch, int slots) {
        var uploadKey = region.of(CodeSide.UPLOAD);
        var uploads = store.region(uploadKey);
        int from = batch.get(0).search().nextSlot();
        int to = (int) Math.min((long) from + slots, uploads.limit());
        var search = new RegionSearch(rule, uploadKey, uploads);
        var hits = new ArrayList<Hit>();
        boolean isComplete =
                search.resident(batch, from, to, (query, slot, bits) -> hits.add(new Hit(query, slot, bits)));
        metrics.candidates(rule.id(), (long) batch.size() * (to - from));
        for (int i = 0; i < batch.size(); i++) {
            var query = batch.get(i);
            var progress = query.search();
            long matched = progress.matched();
            for (var hit : hits) {
                if (hit.query() == i && uploads.arrival(hit.slot()) <= progress.arrival()) {
                    matched++;
                    findings.earlier(
                            rule,
                            new PendingSearch(progress.arrival(), from, progress.considered() + to - from, matched),
                            pair(uploads.identity(hit.slot()), uploads.code(hit.slot()), region, query.identity()),
                            query.code(),
                            hit.distanceBits());
                }
            }
            if (isComplete || to >= uploads.limit()) {
                pending.finish(query);
            } else {
                pending.goOn(new Query(
                        region,
                        query.identity(),
                        query.code(),
                        new PendingSearch(progress.arrival(), to, progress.considered() + to - from, matched)));
            }
        }
    }

    private static Findings.Pair pair(
            Identity upload, PerceptualCode uploadCode, RegionKey protectedRegion, Identity protectedModel) {
        return new Findings.Pair(upload, uploadCode, protectedRegion, protectedModel);
    }

    private record Hit(int query, int slot, int distanceBits) {}
}
