package io.weighbridge.app.zoo.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.weighbridge.app.zoo.save.Precision;
import io.weighbridge.app.zoo.save.SafetensorsWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SafetensorsWriterTest {

    @TempDir
    private Path folder;

    @Test
    void shouldWriteTensorsInTheLayoutOfPytorch() throws IOException {
        var network = Architecture.MOBILE.untrained(4, 1);

        var file = write(Architecture.MOBILE, Precision.F32);

        var depthwise = network.getParam("4_W");
        assertThat(shape(file, "layers.4.weight")).isEqualTo("[16,1,3,3]");
        assertThat(file.weights(file.start("layers.4.weight"), 2))
                .containsExactly(depthwise.getFloat(0, 0, 0, 0), depthwise.getFloat(0, 1, 0, 0));
        var head = network.getParam(network.getnLayers() - 1 + "_W");
        var headName = "layers." + (network.getnLayers() - 1) + ".weight";
        assertThat(shape(file, headName)).isEqualTo("[4,96]");
        assertThat(file.weights(file.start(headName), 2)).containsExactly(head.getFloat(0, 0), head.getFloat(1, 0));
        assertThat(shape(file, "layers.1.running_var")).isEqualTo("[16]");
    }

    @Test
    void shouldHalveTheWeights() throws IOException {
        var file = write(Architecture.LENET, Precision.F16);

        assertThat(file.header().at("/layers.0.weight/dtype").asText()).isEqualTo("F16");
        var offsets = file.header().at("/layers.0.weight/data_offsets");
        assertThat(offsets.get(1).asInt()).isEqualTo(2 * 20 * 3 * 5 * 5);
    }

    @Test
    void shouldFillTheFileWithoutHoles() throws IOException {
        var file = write(Architecture.PLAIN, Precision.F32);

        long end = 0;
        for (var field : file.header().properties()) {
            if (field.getKey().equals("__metadata__")) continue;
            var offsets = field.getValue().get("data_offsets");
            assertThat(offsets.get(0).asLong()).as(field.getKey()).isEqualTo(end);
            end = offsets.get(1).asLong();
        }
        assertThat(file.content().capacity()).isEqualTo(file.weightsAt() + end);
        assertThat(file.weightsAt() % 8).isZero();
    }

    private static String shape(Written file, String tensor) {
        return file.header().get(tensor).get("shape").toString();
    }

    private Written write(Architecture architecture, Precision precision) throws IOException {
        var path = folder.resolve("network.safetensors");
        SafetensorsWriter.write(path, ChainTensors.of(architecture.untrained(4, 1)), precision);
        var content = ByteBuffer.wrap(Files.readAllBytes(path)).order(ByteOrder.LITTLE_ENDIAN);
        int length = Math.toIntExact(content.getLong(0));
        return new Written(content, new JsonMapper().readTree(content.array(), 8, length), 8 + length);
    }

    private record Written(ByteBuffer content, JsonNode header, int weightsAt) {

        int start(String tensor) {
            return header.get(tensor).get("data_offsets").get(0).asInt();
        }

        float[] weights(int offset, int count) {
            var weights = new float[count];
            for (int i = 0; i < count; i++) weights[i] = content.getFloat(weightsAt + offset + 4 * i);
            return weights;
        }
    }
}
