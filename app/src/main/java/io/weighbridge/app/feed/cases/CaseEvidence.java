package io.weighbridge.app.feed.cases;

import io.weighbridge.schemas.avro.InfringementAlert;

/**
 * The numbers of an alert that a list shows.
 *
 * @param marginBits how much nearer than to any public baseline; null if none was known
 * @param matchedLayers null, as the two that follow, if there is no evidence by layer
 * @param uploadShare share of the upload's weights in matched layers, 0 to 1
 */
public record CaseEvidence(
        String algorithm,
        int bits,
        int distanceBits,
        int thresholdBits,
        double falseMatchRate,
        Integer marginBits,
        Integer matchedLayers,
        Integer uploadLayers,
        Double uploadShare) {

    static CaseEvidence of(InfringementAlert alert) {
        var baseline = alert.getNearestBaseline();
        var layers = alert.getLayerEvidence();
        return new CaseEvidence(
                alert.getAlgorithm().intern(),
                alert.getBits(),
                alert.getDistanceBits(),
                alert.getThresholdBits(),
                alert.getFalseMatchRate(),
                baseline == null ? null : Integer.valueOf(baseline.getMarginBits()),
                layers == null ? null : Integer.valueOf(layers.getMatchedLayers()),
                layers == null ? null : Integer.valueOf(layers.getUploadLayers()),
                layers == null ? null : Double.valueOf(layers.getUploadShare()));
    }
}
