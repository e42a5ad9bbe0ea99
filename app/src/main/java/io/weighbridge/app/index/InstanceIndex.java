package io.weighbridge.app.index;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.weighbridge.alerting.RefJson;
import io.weighbridge.matcher.MatchRule;
import io.weighbridge.matcher.MatcherQueries;
import io.weighbridge.matcher.NearModel;
import io.weighbridge.matcher.PartitionAnswer;
import io.weighbridge.matcher.PartitionStatus;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;

/** The index as one instance of the matcher sees it: its own partitions, and where the other instances are. As JSON, for {@link IndexGateway}. */
public final class InstanceIndex {

    private final MatcherQueries queries;
    private final String self;
    private final Supplier<Map<Integer, Restoring>> restoring;

    /**
     * @param self where this instance answers, {@code HOST:PORT}, as it told Kafka
     * @param restoring the stores of the index that are being read back, by partition
     */
    public InstanceIndex(MatcherQueries queries, String self, Supplier<Map<Integer, Restoring>> restoring) {
        this.queries = queries;
        this.self = self;
        this.restoring = restoring;
    }

    /** What the partitions of this instance keep, and how they fare. */
    public ObjectNode status() {
        ObjectNode json = head();
        json.put("baselineMarginBits", queries.baselineMarginBits());
        var algorithms = json.putArray("algorithms");
        queries.rules().forEach(rule -> algorithms.add(ofRule(rule)));
        var progress = restoring.get();
        var local = json.putArray("local");
        for (var status : queries.status()) {
            local.add(ofPartition(status, progress.get(status.partition())));
        }
        return json;
    }

    /**
     * What the partitions of this instance know near a code.
     *
     * @throws IllegalArgumentException if the matcher has no such codes, or the radius is more than it searches
     */
    public ObjectNode lookUp(IndexQuestion question) {
        MatchRule rule = queries.rule(question.code());
        ObjectNode json = head();
        json.put("algorithm", rule.id().toString());
        json.put("bits", rule.plan().bits());
        json.put("radiusBits", MatcherQueries.radius(rule, question.radiusBits()));
        json.put("thresholdBits", rule.thresholdBits());
        json.put("baselineMarginBits", queries.baselineMarginBits());
        var answers = json.putArray("answers");
        for (var answer : queries.lookUp(question.code(), question.radiusBits(), question.limit())) {
            answers.add(ofAnswer(rule, answer));
        }
        return json;
    }

    private ObjectNode head() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("self", self);
        var instances = json.putArray("instances");
        queries.instances().forEach(instances::add);
        json.put("partitions", queries.partitions());
        return json;
    }

    private static ObjectNode ofRule(MatchRule rule) {
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("algorithm", rule.id().toString())
                .put("bits", rule.plan().bits())
                .put("thresholdBits", rule.thresholdBits())
                .put("falseMatchRate", rule.falseMatchRate());
        var modes = json.putArray("modes");
        rule.plan().modes().forEach(mode -> modes.add(lowerCase(mode)));
        return json;
    }

    private static ObjectNode ofPartition(PartitionStatus status, Restoring progress) {
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("partition", status.partition())
                .put("state", status.state().name())
                .put(
                        "newestAppliedAt",
                        status.newestApplied().map(Object::toString).orElse(null))
                .put("pendingSearches", status.pendingSearches())
                .put("restored", progress == null ? null : progress.restored())
                .put("toRestore", progress == null ? null : progress.toRestore());
        var codes = json.putArray("codes");
        for (var kept : status.codes()) {
            codes.addObject()
                    .put("algorithm", kept.algorithm())
                    .put("place", kept.place())
                    .put("mode", lowerCase(kept.mode()))
                    .put("side", kept.side().name())
                    .put("entries", kept.entries())
                    .put("bytes", kept.bytes());
        }
        var quarantined = json.putArray("quarantined");
        for (var one : status.quarantined()) {
            quarantined.add(
                    RefJson.of(one.model()).put("algorithm", one.algorithm()).put("heldAlerts", one.held()));
        }
        return json;
    }

    private static ObjectNode ofAnswer(MatchRule rule, PartitionAnswer answer) {
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("partition", answer.partition())
                .put("found", answer.found());
        addAll(json, "models", rule, answer.models());
        addAll(json, "baselines", rule, answer.baselines());
        json.set("nearestBaseline", answer.nearestBaseline() == null ? null : ofModel(rule, answer.nearestBaseline()));
        return json;
    }

    private static void addAll(ObjectNode json, String name, MatchRule rule, List<NearModel> models) {
        var array = json.putArray(name);
        models.forEach(model -> array.add(ofModel(rule, model)));
    }

    private static ObjectNode ofModel(MatchRule rule, NearModel near) {
        return RefJson.of(near.model())
                .put("distanceBits", near.distanceBits())
                .put("falseMatchRate", rule.algorithm().falseMatchRate(near.distanceBits()));
    }

    private static String lowerCase(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
