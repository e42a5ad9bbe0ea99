package io.weighbridge.alerting;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.weighbridge.schemas.avro.InfringementAlert;
import io.weighbridge.schemas.avro.LayerEvidence;
import io.weighbridge.schemas.avro.LayerMatch;
import java.util.Optional;

/** The evidence by layer, in words and as JSON. */
public final class LayerWords {

    private LayerWords() {}

    /** Such as {@code 5 of 6 layers match (97 % of the weights)}; empty if the alert has no such evidence. */
    public static Optional<String> of(InfringementAlert alert) {
        return Optional.ofNullable(alert.getLayerEvidence()).map(LayerWords::inWords);
    }

    /** Such as {@code 5/6}, of the upload's layers; empty if the alert has no such evidence. */
    public static Optional<String> fraction(InfringementAlert alert) {
        return Optional.ofNullable(alert.getLayerEvidence())
                .map(evidence -> evidence.getMatchedLayers() + "/" + evidence.getUploadLayers());
    }

    /** Rounded down: 100 % is said only of all. */
    public static String percent(double share) {
        return (int) Math.floor(100 * share) + " %";
    }

    private static String inWords(LayerEvidence evidence) {
        String ofUpload = evidence.getMatchedLayers() + " of " + evidence.getUploadLayers() + " layers match ("
                + percent(evidence.getUploadShare()) + " of the weights)";
        boolean isSameOnBothSides = evidence.getUploadLayers() == evidence.getProtectedLayers()
                && percent(evidence.getUploadShare()).equals(percent(evidence.getProtectedShare()));
        return isSameOnBothSides
                ? ofUpload
                : ofUpload + ", of the protected model " + evidence.getMatchedLayers() + " of "
                        + evidence.getProtectedLayers() + " (" + percent(evidence.getProtectedShare()) + ")";
    }

    /** Null if the alert has no such evidence. */
    static ObjectNode json(InfringementAlert alert) {
        LayerEvidence evidence = alert.getLayerEvidence();
        if (evidence == null) {
            return null;
        }
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("uploadLayers", evidence.getUploadLayers());
        json.put("protectedLayers", evidence.getProtectedLayers());
        json.put("matchedLayers", evidence.getMatchedLayers());
        json.put("uploadShare", evidence.getUploadShare());
        json.put("protectedShare", evidence.getProtectedShare());
        json.put("falseMatchRate", evidence.getFalseMatchRate());
        var matches = json.putArray("layerMatches");
        evidence.getLayerMatches().forEach(match -> matches.add(json(match)));
        return json;
    }

    private static ObjectNode json(LayerMatch match) {
        boolean isPaired = match.getProtectedLayer() != null;
        return JsonNodeFactory.instance
                .objectNode()
                .put("uploadLayer", match.getUploadLayer())
                .put("protectedLayer", match.getProtectedLayer())
                .put("distanceBits", isPaired ? match.getDistanceBits() : null)
                .put("bits", isPaired ? match.getBits() : null)
                .put("falseMatchRate", isPaired ? match.getFalseMatchRate() : null)
                .put("isMatch", match.getIsMatch());
    }
}
