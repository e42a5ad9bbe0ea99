package io.weighbridge.app.cli.client;

import io.weighbridge.app.client.Cluster;
import io.weighbridge.app.feed.TopicReader;
import io.weighbridge.schemas.avro.ProtectedModel;
import io.weighbridge.schemas.avro.ScanOutcome;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The protected models of a cluster and what became of their registration, as the topics tell. */
final class Protections {

    private final Map<String, ProtectedModel> models;
    private final Map<String, ScanOutcome> outcomes = new HashMap<>();

    private Protections(Map<String, ProtectedModel> models) {
        this.models = models;
    }

    static Protections read(Cluster cluster) {
        TopicReader reader = cluster.reader();
        var protections = new Protections(reader.latest(cluster.topics().protectedModels()));
        reader.readAll(cluster.topics().scanOutcomes()).forEach(entry -> protections.note(entry.value()));
        return protections;
    }

    List<ProtectedModel> models() {
        return models.values().stream()
                .sorted(Comparator.comparing(ProtectedModel::getId))
                .toList();
    }

    Optional<ProtectedModel> model(String id) {
        return Optional.ofNullable(models.get(id));
    }

    /** What became of the present registration; empty while it is pending. */
    Optional<ScanOutcome> outcome(ProtectedModel model) {
        return Optional.ofNullable(outcomes.get(model.getId()));
    }

    String status(ProtectedModel model) {
        return outcome(model).map(outcome -> outcome.getOutcome().name()).orElse("PENDING");
    }

    private void note(ScanOutcome outcome) {
        var protectedModel = outcome.getProtectedModel();
        if (protectedModel == null) {
            return;
        }
        model(protectedModel.getId())
                .filter(model -> model.getProtectedAt().equals(protectedModel.getProtectedAt()))
                .ifPresent(model -> outcomes.put(model.getId(), outcome));
    }
}
