package io.weighbridge.app.compare;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.weighbridge.app.feed.LayerJson;

/** A comparison for programs: the one form that the command line and the HTTP API give. Fields are added, never renamed or removed. */
public final class ComparisonJson {

    private ComparisonJson() {}

    /** One object: the verdict and its numbers first, under the names they always had. */
    public static ObjectNode of(ModelComparison models) {
        var explanation = Explanation.of(models);
        var json = JsonNodeFactory.instance.objectNode();
        json.put("a", models.a().getPath()).put("b", models.b().getPath()).put("outcome", models.verdict());
        models.telling()
                .ifPresent(found -> json.put("algorithm", found.algorithm().name())
                        .put("version", found.algorithm().version())
                        .put("distanceBits", found.distanceBits())
                        .put("bits", found.bits())
                        .put("thresholdBits", found.thresholdOrNull())
                        .put("falseMatchRate", found.falseMatchRate()));
        models.obstacle().ifPresent(text -> json.put("reason", text));
        models.remarks().forEach(json.putArray("remarks")::add);
        json.put("qualityOfA", models.a().getQuality())
                .put("qualityOfB", models.b().getQuality());
        var algorithms = json.putArray("algorithms");
        models.algorithms().forEach(found -> algorithms.add(json(found)));
        json.set("layers", LayerJson.of(models.layers()));
        var words = json.putObject("explanation");
        words.put("finding", explanation.finding().id());
        explanation.sentences().forEach(words.putArray("sentences")::add);
        return json;
    }

    private static ObjectNode json(Comparison found) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("algorithm", found.algorithm().name())
                .put("version", found.algorithm().version())
                .put("distanceBits", found.distanceBits())
                .put("bits", found.bits())
                .put("thresholdBits", found.thresholdOrNull())
                .put("falseMatchRate", found.falseMatchRate())
                .put("isMatch", found.isMatch())
                .put("counts", found.counts());
    }
}
