package io.weighbridge.matcher;

import io.weighbridge.hash.search.SearchMode;
import io.weighbridge.schemas.avro.IndexAction;
import io.weighbridge.schemas.avro.SubstringMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * The symmetric join in one partition: keeps each code and matches it against the other side's codes kept before.
 *
 * <p>Whether a pair counts, and where it is reported, depends on the pair and the plan alone. So the set of matches is the same whichever
 * side came first, and however places are dealt to partitions.
 */
final class SubstringJoin {

    private final SubstringIndex index;
    private final Duration retention;

    /** @param retention an upload matches models that were protected at most this long after it */
    SubstringJoin(SubstringIndex index, Duration retention) {
        this.index = index;
        this.retention = retention;
    }

    /** What one message came to. */
    record Found(List<Match> matches, long candidates) {
        static final Found NOTHING = new Found(List.of(), 0);
    }

    /** Takes one message of this partition; messages of one code come in the order in which they were sent. */
    Found accept(MatchRule rule, IndexEntry entry) {
        var plan = rule.plan();
        long substring = plan.mode() == SearchMode.INDEX
                ? plan.substring(entry.code(), entry.place().position())
                : 0;
        byte[] key = EntryKey.of(entry, substring);
        if (entry.message().getAction() == IndexAction.REMOVE) {
            index.remove(key);
            return Found.NOTHING;
        }
        boolean isKnown = index.contains(key);
        // An upload that is delivered again changes nothing; a protected model may have a new name or owner.
        if (!isKnown || entry.side() == Side.PROTECTED) {
            index.put(key, entry);
        }
        return isKnown ? Found.NOTHING : query(rule, entry);
    }

    private Found query(MatchRule rule, IndexEntry entry) {
        var plan = rule.plan();
        var query = new Query(rule, entry);
        var others = entry.side().other();
        var place = entry.place();
        if (plan.mode() == SearchMode.SCAN) {
            index.forEach(EntryKey.side(query.placeKey, others), query);
        } else if (entry.side() == Side.UPLOAD) {
            plan.forEachResidentSubstring(place, entry.code(), query::lookUp);
        } else {
            plan.forEachRoamingSubstring(place, entry.code(), query::lookUp);
        }
        return new Found(query.matches, query.candidates);
    }

    private boolean isRetained(IndexEntry upload, IndexEntry protectedModel) {
        return Duration.between(upload.happenedAt(), protectedModel.happenedAt())
                        .compareTo(retention)
                <= 0;
    }

    /** One code in search of the other side's. */
    private final class Query implements SubstringIndex.Visitor {
        private final MatchRule rule;
        private final IndexEntry entry;
        private final String placeKey;
        private final List<Match> matches = new ArrayList<>();
        private long candidates;

        Query(MatchRule rule, IndexEntry entry) {
            this.rule = rule;
            this.entry = entry;
            placeKey = entry.placeKey();
        }

        void lookUp(long substring) {
            index.forEach(EntryKey.substring(placeKey, entry.side().other(), substring), this);
        }

        @Override
        public void visit(byte[] key, Supplier<SubstringMessage> message) {
            candidates++;
            int distanceBits = EntryKey.distanceBits(key, placeKey, entry.code());
            if (distanceBits > rule.thresholdBits()) {
                return;
            }
            var other = IndexEntry.of(message.get());
            if (rule.plan().isReportedAt(entry.place().position(), entry.code(), other.code())) {
                var match = entry.side() == Side.UPLOAD
                        ? new Match(rule, entry, other, distanceBits)
                        : new Match(rule, other, entry, distanceBits);
                if (isRetained(match.upload(), match.protectedModel())) {
                    matches.add(match);
                }
            }
        }
    }
}
