package io.weighbridge.app.feed;

import io.weighbridge.schemas.avro.InfringementAlert;
import io.weighbridge.schemas.avro.InfringementCase;
import io.weighbridge.schemas.avro.ModelCode;
import io.weighbridge.schemas.avro.ProtectedModel;
import io.weighbridge.schemas.avro.ScanOutcome;
import io.weighbridge.schemas.avro.UploadEvent;
import io.weighbridge.schemas.avro.UploadRef;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * The present state of the pipeline, folded from its topics. Records of different topics may come in any order, and any record may come
 * twice: the picture is the same. Bounded in memory. Safe for use by many threads.
 */
public final class LivePicture {

    private static final int REMEMBERED_CASES = 100_000;

    private final Window<UploadRow> uploads;
    private final Window<InfringementCase> cases;
    private final Map<String, Boolean> caseIds = new BoundedMap<>(REMEMBERED_CASES);
    private final ProtectedModels protectedModels = new ProtectedModels();
    private final Tally tally = new Tally();
    private final Latencies toOutcome = new Latencies();
    private final Latencies toAlert = new Latencies();
    private final Changes changes = new Changes();
    private long caseCount;

    /** A picture that keeps the newest rows in full, and counts all. */
    public LivePicture(int keptUploads, int keptCases) {
        uploads = new Window<>(
                keptUploads,
                row -> new RowKey(row.upload().getUploadedAt(), row.upload().getId()));
        cases = new Window<>(keptCases, found -> new RowKey(found.getLastSeenAt(), found.getAlertId()));
    }

    // --- what the topics say ---

    public synchronized void received(UploadEvent event) {
        tally.received(event.getId());
        if (change(UploadRow.reference(event), row -> row.with(event))) {
            changes.add(Change.Kind.UPLOAD, event.getId());
        }
    }

    public synchronized void ended(ScanOutcome outcome) {
        if (outcome.getUpload() == null) {
            protectedModels.ended(outcome);
            changes.add(Change.Kind.PROTECTED, outcome.getProtectedModel().getId());
            return;
        }
        var upload = outcome.getUpload();
        boolean isFirst = uploads.get(upload.getId()).map(UploadRow::outcome).isEmpty();
        tally.ended(upload.getId(), outcome.getOutcome());
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
        if (change(upload, row -> row.with(alert))) {
            changes.add(Change.Kind.MATCH, upload.getId());
        }
    }

    public synchronized void alerted(InfringementCase found) {
        String protectedId = found.getLatest().getProtectedModel().getId();
        if (caseIds.put(found.getAlertId(), true) == null) {
            caseCount++;
            protectedModels.addCase(protectedId);
            changes.add(Change.Kind.PROTECTED, protectedId);
        }
        cases.put(found);
        noteAlertTime(found);
        changes.add(Change.Kind.ALERT, found.getAlertId());
        changes.add(Change.Kind.MATCH, found.getLatest().getUpload().getId());
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

    /** A page of cases, the last changed first, from the row after {@code after}, or from the newest if it is null. */
    public synchronized Page<InfringementCase> cases(int limit, RowKey after) {
        return cases.page(limit, after);
    }

    public synchronized Optional<InfringementCase> caseOf(String alertId) {
        return cases.get(alertId);
    }

    /** Every protected model, newest first. */
    public synchronized List<ProtectedRow> protectedModels() {
        return protectedModels.all();
    }

    public synchronized Optional<ProtectedRow> protectedModel(String id) {
        return protectedModels.get(id);
    }

    public synchronized Summary summary() {
        return new Summary(
                tally.received(),
                tally.byOutcome(),
                tally.matches(),
                caseCount,
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
