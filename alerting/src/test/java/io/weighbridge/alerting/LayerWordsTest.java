package io.weighbridge.alerting;

import static org.assertj.core.api.Assertions.assertThat;

import io.weighbridge.schemas.TestRecords;
import io.weighbridge.schemas.avro.InfringementAlert;
import io.weighbridge.schemas.avro.LayerEvidence;
import org.junit.jupiter.api.Test;

class LayerWordsTest {

    @Test
    void shouldSayItOnceIfBothSidesHaveAsMuchInCommon() {
        var alert = with(LayerEvidence.newBuilder(TestRecords.layerEvidence())
                .setUploadLayers(6)
                .setProtectedLayers(6)
                .setMatchedLayers(5)
                .setUploadShare(.979)
                .setProtectedShare(.971)
                .build());

        assertThat(LayerWords.of(alert)).hasValue("5 of 6 layers match (97 % of the weights)");
        assertThat(LayerWords.fraction(alert)).hasValue("5/6");
    }

    @Test
    void shouldSayItOfBothSidesIfTheyDiffer() {
        assertThat(LayerWords.of(with(TestRecords.layerEvidence())))
                .hasValue("1 of 2 layers match (75 % of the weights), of the protected model 1 of 3 (50 %)");
    }

    @Test
    void shouldSayNothingOfAlertsFromBeforeThereWereLayers() {
        assertThat(LayerWords.of(with(null))).isEmpty();
        assertThat(LayerWords.fraction(with(null))).isEmpty();
        assertThat(AlertJson.of(with(null)).get("layerEvidence").isNull()).isTrue();
    }

    private static InfringementAlert with(LayerEvidence evidence) {
        return InfringementAlert.newBuilder(TestAlerts.first())
                .setLayerEvidence(evidence)
                .build();
    }
}
