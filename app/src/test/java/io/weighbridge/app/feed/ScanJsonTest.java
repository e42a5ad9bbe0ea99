package io.weighbridge.app.feed;

import static org.assertj.core.api.Assertions.assertThat;

import io.weighbridge.hash.ModelHasher;
import io.weighbridge.hash.PerceptualCode;
import io.weighbridge.schemas.TestRecords;
import io.weighbridge.schemas.avro.Code;
import io.weighbridge.schemas.avro.Outcome;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;

class ScanJsonTest {

    @Test
    void shouldGiveTheFieldsOfTheHashContract() {
        var fields = new ArrayList<String>();
        ScanJson.ofFile(TestRecords.fileScan()).fieldNames().forEachRemaining(fields::add);

        assertThat(fields)
                .containsExactly(
                        "file",
                        "outcome",
                        "format",
                        "sha256",
                        "tensors",
                        "parameters",
                        "quality",
                        "codes",
                        "reason",
                        "layers");
    }

    @Test
    void shouldWriteACodeAsItsHashDoes() {
        var algorithm = ModelHasher.standard().algorithms().get(0);
        var hashed = PerceptualCode.of(algorithm.id(), 0x8000_0000_0000_0001L, 0x0123_4567_89ab_cdefL);
        var code = Code.newBuilder()
                .setAlgorithm(algorithm.id().name())
                .setVersion(algorithm.id().version())
                .setBits(hashed.bits())
                .setWords(ByteBuffer.wrap(hashed.toBytes()))
                .build();

        var json = ScanJson.ofFile(TestRecords.fileScan(code)).path("codes").path(0);

        assertThat(json.path("hex").asText()).isEqualTo(hashed.hex()).startsWith("8");
        assertThat(json.path("thresholdBits").asInt()).isEqualTo(algorithm.thresholdBits());
        assertThat(ScanJson.codeText(code)).isEqualTo(algorithm.id() + " " + hashed.hex());
    }

    @Test
    void shouldWriteEachLayerWithItsShapeAndCode() {
        var layer = ScanJson.ofFile(TestRecords.withLayers(TestRecords.fileScan()))
                .path("layers")
                .path(0);

        assertThat(layer)
                .hasToString("{\"name\":\"conv1.weight\",\"kind\":\"CONVOLUTION\",\"shape\":[16,3,9],\"quality\":0.75,"
                        + "\"version\":2,\"hex\":\"" + "33".repeat(32) + "\"}");
    }

    @Test
    void shouldKnowNoThresholdOfAnAlgorithmOfAnotherProgram() {
        var json = ScanJson.ofFile(TestRecords.fileScan(TestRecords.code("zzz", 1)));

        assertThat(json.path("codes").path(0).path("thresholdBits").isNull()).isTrue();
    }

    @Test
    void shouldSayWhatAnOutcomeSpeaksOf() {
        var ofUpload = ScanJson.of(FeedRecords.outcome(1, Outcome.MALFORMED));
        var ofProtection = ScanJson.of(FeedRecords.protectionOutcome("a", FeedRecords.PROTECTED_AT, Outcome.HASHED));

        assertThat(ofUpload.path("upload").path("id").asText()).isEqualTo("upload-1");
        assertThat(ofUpload.path("protectedModel").isNull()).isTrue();
        assertThat(ofUpload.path("outcome").asText()).isEqualTo("MALFORMED");
        assertThat(ofUpload.path("files").path(0).path("reason").asText()).isEqualTo("no known format at byte 0");
        assertThat(ofProtection.path("upload").isNull()).isTrue();
        assertThat(ofProtection.path("protectedModel").path("id").asText()).isEqualTo("a");
    }
}
