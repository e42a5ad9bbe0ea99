package io.weighbridge.app.feed;

import io.weighbridge.app.feed.cases.CaseCounts;
import io.weighbridge.schemas.avro.ModelCode;
import io.weighbridge.schemas.avro.ProtectedModel;
import io.weighbridge.schemas.avro.ProtectionPolicy;
import io.weighbridge.schemas.avro.ScanOutcome;
import java.time.Instant;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * The protected models, joined with their outcomes and codes, which come in any order. A new registration under the same id starts over: what
 * belongs to an earlier one is told by its time and not shown. Keeps the last {@value #KEPT}. Not safe for use by many threads.
 */
final class ProtectedModels {

    private static final int KEPT = 10_000;

    private final Map<String, ProtectedModel> models = new BoundedMap<>(KEPT);
    private final Map<String, ScanOutcome> outcomes = new BoundedMap<>(KEPT);
    private final Map<String, ModelCode> codes = new BoundedMap<>(KEPT);
    private final Map<String, ProtectionPolicy> policies = new BoundedMap<>(KEPT);
    private final Function<String, CaseCounts> counts;

    /** @param counts of the cases in which copies of a model were found, by its id */
    ProtectedModels(Function<String, CaseCounts> counts) {
        this.counts = counts;
    }

    void put(ProtectedModel model) {
        models.put(model.getId(), model);
    }

    void withdraw(String id) {
        models.remove(id);
        outcomes.remove(id);
    }

    void ended(ScanOutcome outcome) {
        outcomes.put(outcome.getProtectedModel().getId(), outcome);
    }

    void coded(ModelCode code) {
        codes.put(code.getProtectedModel().getId(), code);
    }

    void uncoded(String id) {
        codes.remove(id);
    }

    /** What is to become of the matches of a model, whether it is known or not. */
    void put(ProtectionPolicy policy) {
        policies.put(policy.getProtectedModelId(), policy);
    }

    Optional<ProtectionPolicy> policy(String id) {
        return Optional.ofNullable(policies.get(id));
    }

    void removePolicy(String id) {
        policies.remove(id);
    }

    Optional<ProtectedRow> get(String id) {
        return Optional.ofNullable(models.get(id)).map(this::row);
    }

    /** Newest first. */
    List<ProtectedRow> all() {
        return models.values().stream()
                .map(this::row)
                .sorted(Comparator.comparing(ProtectedRow::key))
                .toList();
    }

    /** How many there are of each status. */
    Map<ProtectedRow.Status, Long> byStatus() {
        var counts = new EnumMap<ProtectedRow.Status, Long>(ProtectedRow.Status.class);
        for (var status : ProtectedRow.Status.values()) {
            counts.put(status, 0L);
        }
        models.values().forEach(model -> counts.merge(row(model).status(), 1L, Long::sum));
        return counts;
    }

    private ProtectedRow row(ProtectedModel model) {
        Instant registered = model.getProtectedAt();
        var outcome = outcomes.get(model.getId());
        var code = codes.get(model.getId());
        boolean isOurOutcome =
                outcome != null && registered.equals(outcome.getProtectedModel().getProtectedAt());
        boolean isOurCode =
                code != null && registered.equals(code.getProtectedModel().getProtectedAt());
        return new ProtectedRow(
                model,
                isOurOutcome ? outcome : null,
                isOurCode ? code : null,
                policies.get(model.getId()),
                counts.apply(model.getId()));
    }
}
