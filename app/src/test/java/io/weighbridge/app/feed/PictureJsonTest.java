package io.weighbridge.app.feed;

import static org.assertj.core.api.Assertions.assertThat;

import io.weighbridge.schemas.TestRecords;
import io.weighbridge.schemas.avro.InfringementAlert;
import io.weighbridge.schemas.avro.Outcome;
import org.junit.jupiter.api.Test;

class PictureJsonTest {

    @Test
    void shouldGiveSingleLayersOnlyInFull() {
        var picture = new LivePicture(10, 10);
        picture.ended(FeedRecords.outcome(1, Outcome.HASHED));
        picture.matched(InfringementAlert.newBuilder(FeedRecords.alert(1, "model", 5, 1e-30))
                .setLayerEvidence(TestRecords.layerEvidence())
                .build());
        var row = picture.upload("upload-1").orElseThrow();

        var inList = PictureJson.ofUpload(row);
        assertThat(inList.at("/match/layerEvidence/matchedLayers").asInt()).isEqualTo(1);
        assertThat(inList.at("/match/layerEvidence").has("layerMatches")).isFalse();
        assertThat(inList.at("/files/0").has("codes")).isFalse();
        assertThat(inList.at("/files/0").has("layers")).isFalse();

        var inFull = PictureJson.ofUploadInFull(row);
        assertThat(inFull.at("/alerts/0/layerEvidence/layerMatches")).hasSize(2);
        assertThat(inFull.at("/files/0").has("layers")).isTrue();
    }
}
