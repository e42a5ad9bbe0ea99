package io.weighbridge.alerting;

import io.weighbridge.schemas.Topics;
import io.weighbridge.schemas.avro.CaseDecision;
import io.weighbridge.schemas.avro.InfringementAlert;
import io.weighbridge.schemas.avro.InfringementCase;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * The cases of one partition. An alert or decision that is delivered again sends nothing. All cases are looked through when a rule has changed
 * or the time of a suppression is over.
 */
final class CaseKeeper extends ContextualProcessor<String, CaseInput, String, CaseOutput> {

    private static final Duration SWEEP = Duration.ofSeconds(1);
    private static final long NEVER_SWEPT = -1;

    private final Topics topics;
    private final AlertMetrics metrics;
    private final RuleChanges changes;
    private KeyValueStore<String, InfringementCase> cases;
    private AlertRules rules;
    private CaseSweep sweep;
    private long open;
    private long sweptChanges;

    CaseKeeper(Topics topics, AlertMetrics metrics, RuleChanges changes) {
        this.topics = topics;
        this.metrics = metrics;
        this.changes = changes;
    }

    @Override
    public void init(ProcessorContext<String, CaseOutput> context) {
        super.init(context);
        cases = context.getStateStore(AlertingTopology.CASES_STORE);
        rules = new AlertRules(
                context.getStateStore(AlertingTopology.SUPPRESSIONS_STORE),
                context.getStateStore(AlertingTopology.POLICIES_STORE));
        sweptChanges = NEVER_SWEPT;
        sweep = new CaseSweep(rules);
        open = 0;
        try (var all = cases.all()) {
            all.forEachRemaining(entry -> countOpen(null, entry.value));
        }
        context.schedule(SWEEP, PunctuationType.WALL_CLOCK_TIME, millis -> sweep(Instant.ofEpochMilli(millis)));
    }

    @Override
    public void process(Record<String, CaseInput> input) {
        if (input.value() instanceof CaseInput.Matched matched) {
            matched(input, matched.alert());
        } else if (input.value() instanceof CaseInput.Decided decided) {
            decided(input, decided.decision());
        }
    }

    /** The next owner of the partition counts its cases. */
    @Override
    public void close() {
        metrics.casesOpened(-open);
        open = 0;
    }

    private void matched(Record<String, CaseInput> input, InfringementAlert alert) {
        Optional<String> misfit =
                RefusedRecord.misfit("an alert", input.key(), alert == null ? null : alert.getAlertId());
        if (misfit.isPresent()) {
            refuse(input, alert, misfit.get());
            return;
        }
        metrics.alertReceived();
        InfringementCase known = cases.get(input.key());
        var now = now();
        InfringementCase grown = Case.after(known, alert, now);
        if (grown == known) {
            return;
        }
        boolean isNew = known == null || grown.getOccurrences() != known.getOccurrences();
        var settled = isNew ? new Triage(rules, now).arrived(grown, alert) : grown;
        if (isNew) {
            metrics.occurred(alert, settled, now);
        }
        put(input, known, settled);
    }

    private void decided(Record<String, CaseInput> input, CaseDecision decision) {
        Optional<String> misfit =
                RefusedRecord.misfit("a decision", input.key(), decision == null ? null : decision.getAlertId());
        InfringementCase known = misfit.isPresent() ? null : cases.get(input.key());
        if (known == null) {
            refuse(input, decision, misfit.orElse("alertId: expected the id of a case, got " + input.key()));
            return;
        }
        InfringementCase after = new Triage(rules, now()).decided(known, decision);
        if (after != known) {
            metrics.decided(after);
            put(input, known, after);
        }
    }

    private void refuse(Record<String, CaseInput> input, SpecificRecord value, String cause) {
        var letter = RefusedRecord.letter(context(), topics, input.key(), value, cause);
        context()
                .forward(input.withKey(RefusedRecord.key(letter))
                        .withValue(new CaseOutput.Refused(letter))
                        .withTimestamp(letter.getFailedAt().toEpochMilli()));
    }

    private void sweep(Instant now) {
        long changed = changes.count();
        if (changed == sweptChanges && !sweep.isDue(now)) {
            return;
        }
        sweptChanges = changed;
        sweep.begin();
        try (var all = cases.all()) {
            all.forEachRemaining(entry -> sweep.look(entry.value, now).ifPresent(step -> take(entry.value, step, now)));
        }
    }

    private void take(InfringementCase before, CaseSweep.Step step, Instant now) {
        var cause = new Record<String, CaseInput>(before.getAlertId(), null, now.toEpochMilli());
        put(cause, before, step.after());
        step.released().ifPresent(alert -> context().forward(cause.withValue(new CaseOutput.Released(alert))));
    }

    /** Keeps a case and tells of it, and of its dismissal if that has changed. */
    private void put(Record<String, CaseInput> cause, InfringementCase before, InfringementCase after) {
        cases.put(after.getAlertId(), after);
        countOpen(before, after);
        sweep.note(after);
        Headers headers = CaseEvent.headers(cause.headers(), before == null, after, now());
        context().forward(cause.withValue(new CaseOutput.Changed(after)).withHeaders(headers));
        Dismissals.change(before, after)
                .ifPresent(dismissal -> context()
                        .forward(new Record<>(AlertRules.CASE + after.getAlertId(), dismissal, cause.timestamp())));
    }

    private void countOpen(InfringementCase before, InfringementCase after) {
        int opened = (Case.isOpen(after) ? 1 : 0) - (before != null && Case.isOpen(before) ? 1 : 0);
        open += opened;
        metrics.casesOpened(opened);
    }

    private Instant now() {
        return Instant.ofEpochMilli(context().currentSystemTimeMs());
    }
}
