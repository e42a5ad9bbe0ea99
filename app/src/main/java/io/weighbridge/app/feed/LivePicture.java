package io.weighbridge.app.feed;

import io.weighbridge.app.feed.cases.CaseBook;
import io.weighbridge.schemas.avro.DeadLetter;
import io.weighbridge.schemas.avro.InfringementAlert;
import io.weighbridge.schemas.avro.InfringementCase;
import io.weighbridge.schemas.avro.ModelCode;
import io.weighbridge.schemas.avro.ProtectedModel;
import io.weighbridge.schemas.avro.ProtectionPolicy;
import io.weighbridge.schemas.avro.ScanOutcome;
import io.weighbridge.schemas.avro.Suppression;
import io.weighbridge.schemas.avro.UploadEvent;
import io.weighbridge.schemas.avro.UploadRef;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * The present state of the pipeline, folded from its topics. Records of different topics may come in any order, and any record may come
 * twice: the picture is the same. Bounded in memory. Safe for use by many threads.
 */
public final class LivePicture {

    private static final int KEPT_SUPPRESSIONS = 100_000;

    private final Window<UploadRow> uploads;
    private final Window<ScanOutcome> scans;
    private final Window<DeadLetterRow> deadLetters;
    private final Window<Suppression> suppressions =
            new Window<>(KEPT_SUPPRESSIONS, rule -> new RowKey(rule.getCreatedAt(), rule.getId()));
    private final CaseBook cases;
    private final ProtectedModels protectedModels;
    private final MatchLog matches = new MatchLog();
    private final Coverage coverage = new Coverage();
    private final Tally tally = new Tally();
    private final Latencies toOutcome = new Latencies();
    private final Latencies toAlert = new Latencies();
    private final Changes changes = new Changes();

    /**
     * A picture that keeps the newest rows in full, and counts all.
     *
     * @param keptUploads of scans and of dead letters, too
     * @param keptCases 1 or more
     */
    public LivePicture(int keptUploads, int keptCases) {
        cases = new CaseBook(keptCases);
        protectedModels = new ProtectedModels(cases::countsOfProtected);
        scans = new Window<>(keptUploads, scan -> new RowKey(scan.getCompletedAt(), ScanQuery.idOf(scan)));
        deadLetters = new Window<>(keptUploads, letter -> new RowKey(letter.failedAt(), letter.id()));
        uploads = new Window<>(
                keptUploads,
                row -> new RowKey(row.upload().getUploadedAt(), row.upload().getId()));
    }

    // --- what the topics say ---

    public synchronized void received(UploadEvent event) {
        tally.received(event.getId());
        coverage.received(event.getId(), event.getUploadedAt());
        if (change(UploadRow.reference(event), row -> row.with(event))) {
            changes.add(Change.Kind.UPLOAD, event.getId());
        }
    }

    public synchronized void ended(ScanOutcome outcome) {
        scans.put(outcome);
        if (outcome.getUpload() == null) {
            protectedModels.ended(outcome);
            changes.add(Change.Kind.PROTECTED, outcome.getProtectedModel().getId());
            return;
        }
        var upload = outcome.getUpload();
        boolean isFirst = uploads.get(upload.getId()).map(UploadRow::outcome).isEmpty();
        tally.ended(upload.getId(), outcome.getOutcome());
        coverage.ended(outcome);
        if (change(upload, row -> row.with(outcome))) {
            if (isFirst) {
                toOutcome.add(Duration.between(upload.getUploadedAt(), outcome.getCompletedAt()));
            }
            changes.add(Change.Kind.OUTCOME, upload.getId());
        }
    }

    public synchronized void matched(InfringementAlert alert) {
        var upload = alert.getUpload();
        tally.matched(upload.getId());
        matches.add(alert);
        if (change(upload, row -> row.with(alert))) {
            changes.add(Change.Kind.MATCH, upload.getId());
        }
    }

    /** A match that is recorded only: nobody is alerted to it, and its upload does not show it. */
    public synchronized void held(InfringementAlert alert) {
        matches.add(alert);
    }

    public synchronized void alerted(InfringementCase found) {
        var before = cases.put(found);
        if (before.isEmpty() || before.get().state() != found.getState()) {
            changes.add(
                    Change.Kind.PROTECTED, found.getLatest().getProtectedModel().getId());
        }
        changes.add(Change.Kind.CASE, found.getAlertId());
        boolean hasAlert = found.getHeld() == null;
        boolean isNewEvidence = before.isEmpty()
                || before.get().held() != null
                || before.get().occurrences() != found.getOccurrences()
                || !before.get().lastSeenAt().equals(found.getLastSeenAt());
        if (hasAlert && isNewEvidence) {
            noteAlertTime(found);
            changes.add(Change.Kind.ALERT, found.getAlertId());
            changes.add(Change.Kind.MATCH, found.getLatest().getUpload().getId());
        }
    }

    public synchronized void policy(ProtectionPolicy policy) {
        protectedModels.put(policy);
        policyChanged(policy.getProtectedModelId());
    }

    public synchronized void policyRemoved(String protectedId) {
        protectedModels.removePolicy(protectedId);
        policyChanged(protectedId);
    }

    private void policyChanged(String protectedId) {
        changes.add(Change.Kind.POLICY, protectedId);
        changes.add(Change.Kind.PROTECTED, protectedId);
    }

    public synchronized void suppressed(Suppression suppression) {
        suppressions.put(suppression);
        changes.add(Change.Kind.SUPPRESSION, suppression.getId());
    }

    public synchronized void lifted(String suppressionId) {
        suppressions.remove(suppressionId);
        changes.add(Change.Kind.SUPPRESSION, suppressionId);
    }

    public synchronized void deadLetter(Entry<DeadLetter> entry) {
        var row = DeadLetterRow.of(entry);
        Instant redrivenAt =
                deadLetters.get(row.id()).map(DeadLetterRow::redrivenAt).orElse(null);
        deadLetters.put(row.redriven(redrivenAt));
    }

    public synchronized void redriven(Entry<DeadLetter> entry) {
        deadLetters.get(entry.key()).ifPresent(row -> deadLetters.put(row.redriven(entry.timestamp())));
    }

    public synchronized void protectedModel(ProtectedModel model) {
        protectedModels.put(model);
        changes.add(Change.Kind.PROTECTED, model.getId());
    }

    public synchronized void withdrawn(String id) {
        protectedModels.withdraw(id);
        changes.add(Change.Kind.PROTECTED, id);
    }

    public synchronized void coded(ModelCode code) {
        protectedModels.coded(code);
        changes.add(Change.Kind.PROTECTED, code.getProtectedModel().getId());
    }

    public synchronized void uncoded(String id) {
        protectedModels.uncoded(id);
        changes.add(Change.Kind.PROTECTED, id);
    }

    // --- what people ask ---

    /** A page of uploads, newest first, from the row after {@code after}, or from the newest if it is null. */
    public synchronized Page<UploadRow> uploads(int limit, RowKey after) {
        return uploads.page(limit, after);
    }

    public synchronized Optional<UploadRow> upload(String id) {
        return uploads.get(id);
    }

    /** Every case. */
    public CaseBook cases() {
        return cases;
    }

    public Optional<InfringementCase> caseOf(String alertId) {
        return cases.get(alertId);
    }

    /** A page of ended scans that fit, newest first. */
    public synchronized Page<ScanOutcome> scans(ScanQuery query, int limit, RowKey after) {
        return scans.page(limit, after, query::fits);
    }

    /** How many of the scans that are kept fit. */
    public synchronized long scanCount(ScanQuery query) {
        return scans.count(query::fits);
    }

    /** The last scan of an upload or of a protected model. */
    public synchronized Optional<ScanOutcome> scan(String id) {
        return scans.get(id);
    }

    /** What became of the uploads of that time and later. */
    public synchronized CoverageReport coverage(Instant since) {
        return coverage.since(since);
    }

    /** Suppressions that fit, newest first. */
    public synchronized List<Suppression> suppressions(Predicate<Suppression> fits) {
        return suppressions.page(KEPT_SUPPRESSIONS, null, fits).rows();
    }

    public synchronized Optional<Suppression> suppression(String id) {
        return suppressions.get(id);
    }

    /** A page of dead letters, newest first. */
    public synchronized Page<DeadLetterRow> deadLetters(int limit, RowKey after) {
        return deadLetters.page(limit, after);
    }

    public synchronized Optional<DeadLetterRow> deadLetter(String id) {
        return deadLetters.get(id);
    }

    /** Dead letters that are kept. */
    public synchronized int deadLetterCount() {
        return deadLetters.size();
    }

    /** Matches of a protected model over time, the first span first; spans without any are left out. */
    public synchronized List<MatchBucket> matches(String protectedId, MatchBucket.Span span) {
        var buckets = new TreeMap<Instant, MatchBucket>();
        for (var match : matches.of(protectedId)) {
            boolean isHeld = match.held() != null;
            boolean isSuppressed = !isHeld && cases.wasDismissedBefore(match.alertId(), match.at());
            var at = span.begin(match.at());
            buckets.merge(
                    at,
                    new MatchBucket(at, isHeld || isSuppressed ? 0 : 1, isHeld ? 1 : 0, isSuppressed ? 1 : 0),
                    MatchBucket::with);
        }
        return List.copyOf(buckets.values());
    }

    /** Every protected model, newest first. */
    public synchronized List<ProtectedRow> protectedModels() {
        return protectedModels.all();
    }

    public synchronized Optional<ProtectedRow> protectedModel(String id) {
        return protectedModels.get(id);
    }

    /** What is to become of the matches of a protected model; empty if the defaults hold. */
    public synchronized Optional<ProtectionPolicy> policy(String protectedId) {
        return protectedModels.policy(protectedId);
    }

    public synchronized Summary summary() {
        return new Summary(
                tally.received(),
                tally.byOutcome(),
                tally.matches(),
                cases.size() + cases.leftOut(),
                protectedModels.byStatus(),
                toOutcome.percentiles(),
                toAlert.percentiles());
    }

    public Changes changes() {
        return changes;
    }

    /** Whether the row is kept after the change: one older than all that are kept, in a full window, is not. */
    private boolean change(UploadRef upload, UnaryOperator<UploadRow> change) {
        uploads.put(change.apply(uploads.get(upload.getId()).orElseGet(() -> UploadRow.of(upload))));
        return uploads.get(upload.getId()).isPresent();
    }

    /**
     * The case was first seen after its newest upload if that upload opened it; if not, its last change is the nearest time known. A case's
     * newest upload has all of its time counted once, when first told.
     */
    private void noteAlertTime(InfringementCase found) {
        var latest = found.getLatest();
        Instant known = latest.getMatchedAt();
        Instant alerted = found.getFirstSeenAt().isBefore(known) ? found.getLastSeenAt() : found.getFirstSeenAt();
        boolean isFirst = uploads.get(latest.getUpload().getId())
                .map(UploadRow::alertedAt)
                .isEmpty();
        if (change(latest.getUpload(), row -> row.alertedAt(alerted)) && isFirst) {
            toAlert.add(Duration.between(known, alerted));
        }
    }
}
