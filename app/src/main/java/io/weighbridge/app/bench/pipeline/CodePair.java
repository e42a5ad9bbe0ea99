package io.weighbridge.app.bench.pipeline;

import io.weighbridge.schemas.avro.InfringementAlert;

/** An uploaded code within the threshold of a protected one: what one alert is about. */
public record CodePair(String upload, String protectedModel, String algorithm, int distanceBits) {

    static CodePair of(InfringementAlert alert) {
        return new CodePair(
                alert.getUpload().getId(),
                alert.getProtectedModel().getId(),
                alert.getAlgorithm() + "@" + alert.getVersion(),
                alert.getDistanceBits());
    }
}
