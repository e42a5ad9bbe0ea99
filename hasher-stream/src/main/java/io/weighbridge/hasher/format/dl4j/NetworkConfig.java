package io.weighbridge.hasher.format.dl4j;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.weighbridge.hasher.format.ModelFormatException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The layers of {@code configuration.json} in the order of their parameters. A plain JSON tree: its class names are only compared. */
final class NetworkConfig {

    private static final String VERTICES = "org.deeplearning4j.nn.conf.graph.";

    /** Vertices that hold no parameters. */
    private static final Set<String> EMPTY_VERTICES = Set.of(
            "ElementWiseVertex",
            "MergeVertex",
            "L2NormalizeVertex",
            "L2Vertex",
            "PoolHelperVertex",
            "PreprocessorVertex",
            "ReshapeVertex",
            "ScaleVertex",
            "ShiftVertex",
            "StackVertex",
            "SubsetVertex",
            "UnstackVertex",
            "rnn.LastTimeStepVertex",
            "rnn.DuplicateToTimeSeriesVertex",
            "rnn.ReverseTimeSeriesVertex");

    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private NetworkConfig() {}

    static List<NetworkLayer> layers(ByteBuffer json) throws IOException {
        try {
            var config = JSON.readTree(json.array(), json.arrayOffset() + json.position(), json.remaining());
            if (config.path("confs").isArray()) {
                return ofMultiLayerNetwork(config);
            }
            if (config.path("vertices").isObject()) {
                return ofComputationGraph(config);
            }
        } catch (JsonProcessingException e) {
            throw ModelFormatException.malformed("configuration.json: " + e.getOriginalMessage());
        }
        throw ModelFormatException.unsupported(
                "configuration.json: expected confs of a MultiLayerNetwork or vertices of a ComputationGraph");
    }

    private static List<NetworkLayer> ofMultiLayerNetwork(JsonNode config) throws ModelFormatException {
        var layers = new ArrayList<NetworkLayer>();
        for (var conf : config.path("confs")) {
            var index = Integer.toString(layers.size());
            layers.add(NetworkLayer.of(
                    index, conf.path("layer"), config.path("inputPreProcessors").path(index)));
        }
        return layers;
    }

    private static List<NetworkLayer> ofComputationGraph(JsonNode config) throws ModelFormatException {
        var order = config.path("topologicalOrderStr");
        var vertices = config.path("vertices");
        var layers = new ArrayList<NetworkLayer>();
        int visited = 0;
        for (var name : order) {
            var vertex = vertices.path(name.asText());
            if (vertex.isObject()) {
                visited++;
                addVertex(name.asText(), vertex, layers);
            }
        }
        if (visited != vertices.size()) {
            throw ModelFormatException.unsupported("configuration.json: topologicalOrderStr names " + visited + " of "
                    + vertices.size() + " vertices, so the order of the parameters is not known");
        }
        return layers;
    }

    private static void addVertex(String name, JsonNode vertex, List<NetworkLayer> layers) throws ModelFormatException {
        var inner = vertex;
        var className = inner.path("@class").asText();
        if (className.equals(VERTICES + "FrozenVertex")) {
            inner = inner.path("underlying");
            className = inner.path("@class").asText();
        }
        if (className.equals(VERTICES + "LayerVertex")) {
            layers.add(NetworkLayer.of(name, inner.path("layerConf").path("layer"), inner.path("preProcessor")));
        } else if (!className.startsWith(VERTICES)
                || !EMPTY_VERTICES.contains(className.substring(VERTICES.length()))) {
            throw ModelFormatException.unsupported("vertex " + name + ": class " + className + " is not known");
        }
    }
}
