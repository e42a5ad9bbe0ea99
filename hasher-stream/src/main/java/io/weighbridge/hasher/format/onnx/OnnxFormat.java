package io.weighbridge.hasher.format.onnx;

import io.weighbridge.hasher.format.ModelBytes;
import io.weighbridge.hasher.format.ModelFormat;
import io.weighbridge.hasher.format.ModelFormatException;
import io.weighbridge.hasher.format.ModelWeights;
import io.weighbridge.hasher.format.ReadLimits;
import io.weighbridge.hasher.format.WeightCollector;
import java.io.IOException;

/**
 * ONNX: a ModelProto whose graph holds nodes and initializers.
 *
 * <p>The format has no magic number: a file is taken for ONNX if it is a protocol buffer whose fields before the graph are those of a
 * ModelProto.
 */
public final class OnnxFormat implements ModelFormat {

    private static final int MAX_FIELDS = 256;
    private static final int IR_VERSION = 1;
    private static final int MODEL_VERSION = 5;
    private static final long MAX_IR_VERSION = 1000;

    @Override
    public String id() {
        return "onnx";
    }

    @Override
    public boolean recognises(ModelBytes file) throws IOException {
        var model = new MessageReader(new ByteWindow(file), new Span(0, file.sizeBytes()));
        try {
            return isModel(model);
        } catch (ModelFormatException e) {
            // The graph is the longest field: a file that ends inside it has said enough before.
            return model.field() == GraphReader.GRAPH
                    && model.wireType() == MessageReader.LENGTH
                    && model.position() > 2;
        }
    }

    @Override
    public ModelWeights read(ModelBytes file, ReadLimits limits) throws IOException {
        var graph = new GraphReader(file, limits);
        graph.read();
        var collector = new WeightCollector(file, limits);
        for (var tensor : graph.tensors().values()) {
            collector.count(tensor.name(), tensor.numbers());
        }
        var uses = new WeightUses(collector, graph.tensors());
        for (var node : graph.nodes()) {
            uses.accept(node);
        }
        if (uses.isEmpty()) {
            uses.addAllByShape();
        }
        return collector.weights(id());
    }

    private static boolean isModel(MessageReader model) throws IOException {
        boolean hasVersion = false;
        boolean hasGraph = false;
        for (int i = 0; i < MAX_FIELDS && model.next(); i++) {
            switch (model.field()) {
                case IR_VERSION -> {
                    if (model.wireType() != MessageReader.VARINT) {
                        return false;
                    }
                    long version = model.varint();
                    hasVersion = version > 0 && version < MAX_IR_VERSION;
                }
                case MODEL_VERSION -> {
                    if (model.wireType() != MessageReader.VARINT) {
                        return false;
                    }
                    model.varint();
                }
                case 2, 3, 4, 6, 8, 14, 20, 25, GraphReader.GRAPH -> {
                    if (model.wireType() != MessageReader.LENGTH) {
                        return false;
                    }
                    hasGraph |= model.field() == GraphReader.GRAPH;
                    model.span();
                }
                default -> {
                    return false;
                }
            }
        }
        return hasVersion && hasGraph;
    }
}
