package io.weighbridge.app.feed;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.weighbridge.hash.layer.LayerCode;
import io.weighbridge.hash.layer.LayerComparison;
import io.weighbridge.hash.layer.LayerPair;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** A comparison by layer as JSON, under the same contract as {@link ScanJson}. */
public final class LayerJson {

    private LayerJson() {}

    /** The counts and shares, and each layer of both models with its partner, null if there is none. */
    public static ObjectNode of(LayerComparison layers) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("layersOfA", layers.a().size());
        json.put("layersOfB", layers.b().size());
        json.put("matchedLayers", layers.matches().size());
        json.put("shareOfA", layers.shareOfA());
        json.put("shareOfB", layers.shareOfB());
        json.put("falseMatchRate", layers.falseMatchRate());
        json.set("ofA", each(layers.a(), layers::ofA, LayerPair::b));
        json.set("ofB", each(layers.b(), layers::ofB, LayerPair::a));
        return json;
    }

    private static ArrayNode each(
            List<LayerCode> layers,
            Function<LayerCode, Optional<LayerPair>> pairOf,
            Function<LayerPair, LayerCode> partner) {
        ArrayNode all = JsonNodeFactory.instance.arrayNode();
        for (LayerCode layer : layers) {
            Optional<LayerPair> pair = pairOf.apply(layer);
            ObjectNode json = all.addObject();
            json.put("layer", layer.name());
            json.putArray("shape").add(layer.outputs()).add(layer.inputs()).add(layer.positions());
            json.put("quality", layer.structure());
            json.put("partner", pair.map(partner).map(LayerCode::name).orElse(null));
            json.put("distanceBits", pair.map(LayerPair::distanceBits).orElse(null));
            json.put("bits", pair.isPresent() ? LayerCode.BITS : null);
            json.put("falseMatchRate", pair.map(LayerPair::falseMatchRate).orElse(null));
            json.put("isMatch", pair.map(LayerPair::isMatch).orElse(false));
        }
        return all;
    }
}
