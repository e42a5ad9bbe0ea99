package io.weighbridge.matcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.weighbridge.hash.AlgorithmId;
import io.weighbridge.hash.PerceptualCode;
import io.weighbridge.hash.search.SearchMode;
import io.weighbridge.hash.search.SubstringPlan;
import io.weighbridge.schemas.avro.FileScan;
import io.weighbridge.schemas.avro.IndexAction;
import io.weighbridge.schemas.avro.InfringementAlert;
import io.weighbridge.schemas.avro.LayerCode;
import io.weighbridge.schemas.avro.LayerKind;
import io.weighbridge.schemas.avro.ModelCode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificDatumWriter;
import org.junit.jupiter.api.Test;

/** The evidence by layer, from the hasher's record to the alert. */
class LayerRecordsTest {

    private static final AlgorithmId PRI = AlgorithmId.parse("pri@3");
    private static final PerceptualCode CODE = PerceptualCode.of(PRI, 42);
    private static final MatchRule RULE =
            new MatchRule(TestAlgorithm.of("pri@3", 64, 4), new SubstringPlan(64, 8, 4, 0, SearchMode.SCAN));

    @Test
    void shouldSayWhichLayersOfAnUploadAreInTheProtectedModel() {
        var original = List.of(layer("conv1", 1, 9), layer("conv2", 2, 9), layer("head", 3, 1));
        var upload = List.of(layer("a", 2, 9), layer("b", 1, 9), layer("c", 4, 1), layer("d", 5, 1));

        var evidence = LayerRecords.evidence(scan(upload), scan(original)).orElseThrow();

        assertThat(evidence.getUploadLayers()).isEqualTo(4);
        assertThat(evidence.getProtectedLayers()).isEqualTo(3);
        assertThat(evidence.getMatchedLayers()).isEqualTo(2);
        assertThat(evidence.getUploadShare()).isCloseTo(18.0 / 20, within(1e-12));
        assertThat(evidence.getProtectedShare()).isCloseTo(18.0 / 19, within(1e-12));
        assertThat(evidence.getFalseMatchRate()).isLessThan(1e-20);
        assertThat(evidence.getLayerMatches())
                .extracting(
                        match -> match.getUploadLayer() + " " + match.getProtectedLayer() + " " + match.getIsMatch())
                .startsWith("a conv2 true", "b conv1 true")
                .filteredOn(text -> text.contains("null"))
                .hasSize(1);
    }

    @Test
    void shouldHaveNoEvidenceWithoutLayerCodesOnBothSides() {
        assertThat(LayerRecords.evidence(scan(List.of()), scan(List.of(layer("a", 1, 9)))))
                .isEmpty();
        assertThat(alert(List.of(), List.of()).getLayerEvidence()).isNull();
    }

    @Test
    void shouldLeaveOutWhatItCannotCompare() {
        var cut = LayerCode.newBuilder(layer("short", 1, 9))
                .setWords(ByteBuffer.wrap(new byte[8]))
                .build();
        var newer = LayerCode.newBuilder(layer("newer", 1, 9)).setVersion(9).build();
        var shapeless =
                LayerCode.newBuilder(layer("shapeless", 1, 9)).setInputs(0).build();

        assertThat(LayerRecords.codes(scan(List.of(cut, newer, shapeless, layer("good", 1, 9)))))
                .extracting(io.weighbridge.hash.layer.LayerCode::name)
                .containsExactly("good");
    }

    @Test
    void shouldKeepTheLayersOnTheirWayAndDropThemFromTheAlert() {
        var layers = List.of(layer("a", 1, 9), layer("b", 2, 9));
        var value = ModelCode.newBuilder(TestEvents.upload("u", "o/r", TestEvents.START, CODE))
                .setFile(scan(layers))
                .build();

        assertThat(CodeChange.only(PRI, value).orElseThrow().getFile().getLayers())
                .isEqualTo(layers);

        var alert = alert(layers, layers);
        assertThat(alert.getUploadFile().getLayers()).isEmpty();
        assertThat(alert.getProtectedFile().getLayers()).isEmpty();
        assertThat(alert.getUploadFile().getCodes()).hasSize(1);
        assertThat(alert.getLayerEvidence().getMatchedLayers()).isEqualTo(2);
        assertThat(alert(layers, layers)).isEqualTo(alert);
    }

    @Test
    void shouldKeepAlertsOfLargeNetworksSmall() throws IOException {
        var layers = IntStream.range(0, 200)
                .mapToObj(i -> layer("encoder.stages.3.layers." + i + ".bottleneck.convolution.weight", i, 9))
                .toList();

        assertThat(bytes(alert(layers, layers))).isBetween(10_000, 50_000);
    }

    private static InfringementAlert alert(List<LayerCode> upload, List<LayerCode> original) {
        var uploaded = ModelCode.newBuilder(TestEvents.upload("u", "o/r", TestEvents.START, CODE))
                .setFile(scan(upload))
                .build();
        var protectedModel = ModelCode.newBuilder(TestEvents.protection("p", TestEvents.START, CODE))
                .setFile(scan(original))
                .build();
        var code = uploaded.getFile().getCodes().get(0);
        var dispatch = new Dispatch(1);
        var roaming = dispatch.withDetails(
                dispatch.roaming(RULE, SearchMode.SCAN, uploaded, code, TestEvents.START), uploaded);
        var resident = dispatch.resident(IndexAction.PUT, RULE, protectedModel, TestEvents.START);
        return new Match(RULE, roaming.get(0), CODE, resident.get(0), CODE, 0, Optional.empty()).alert();
    }

    private static FileScan scan(List<LayerCode> layers) {
        return FileScan.newBuilder(TestEvents.scan("x.bin", CODE))
                .setLayers(layers)
                .build();
    }

    /** A layer with random weights of that seed. */
    private static LayerCode layer(String name, int seed, int positions) {
        var words = new byte[32];
        new Random(seed).nextBytes(words);
        return LayerCode.newBuilder()
                .setName(name)
                .setKind(LayerKind.CONVOLUTION)
                .setOutputs(64)
                .setInputs(64)
                .setPositions(positions)
                .setStructure(1)
                .setVersion(2)
                .setWords(ByteBuffer.wrap(words))
                .build();
    }

    private static int bytes(InfringementAlert alert) throws IOException {
        var out = new ByteArrayOutputStream();
        var encoder = EncoderFactory.get().binaryEncoder(out, null);
        new SpecificDatumWriter<>(InfringementAlert.class).write(alert, encoder);
        encoder.flush();
        return out.size();
    }
}
