package io.weighbridge.hasher.format.onnx;

import io.weighbridge.hasher.format.ModelBytes;
import io.weighbridge.hasher.format.ModelFormat;
import io.weighbridge.hasher.format.ModelFormatException;
import io.weighbridge.hasher.format.ModelWeights;
import io.weighbridge.hasher.format.ReadLimits;
import io.weighbridge.hasher.format.WeightCollector;
import io.weighbridge.hasher.format.protobuf.ByteWindow;
import io.weighbridge.hasher.format.protobuf.MessageReader;
import io.weighbridge.hasher.format.protobuf.Span;
import java.io.IOException;

/**
 * ONNX: a ModelProto whose graph holds nodes and initializers.
 *
 * <p>The format has no magic number: a file is taken for ONNX if it is a protocol buffer whose fields before the graph are those of a
 * ModelProto.
 */
public final class OnnxFormat implements ModelFormat {

    /** Unknown fields before the graph must not hide it, nor hold up the scan. */
    private static final int MAX_FIELDS = 1_000_000;

    private static final int IR_VERSION = 1;
    private static final int MODEL_VERSION = 5;
    private static final long MAX_IR_VERSION = 1000;

    @Override
    public String id() {
        return "onnx";
    }

    @Override
    public boolean recognises(ModelBytes file, ReadLimits limits) throws IOException {
        var model = new MessageReader(new ByteWindow(file), new Span(0, file.sizeBytes()));
        var preamble = new Preamble();
        try {
            for (int i = 0; i < MAX_FIELDS && !preamble.isComplete() && model.next(); i++) {
                if (!preamble.accept(model)) {
                    return false;
                }
            }
            return preamble.isComplete();
        } catch (ModelFormatException e) {
            // A file that ends inside its graph has given its version before: the graph is the longest field, and comes
            // late.
            return preamble.hasVersion && model.is(GraphReader.GRAPH, MessageReader.LENGTH);
        }
    }

    @Override
    public ModelWeights read(ModelBytes file, ReadLimits limits) throws IOException {
        var graph = new GraphReader(file, limits);
        graph.read();
        var collector = new WeightCollector(file, limits);
        for (var tensor : graph.tensors()) {
            collector.count(tensor.name(), tensor.numbers());
        }
        var files = new ExternalFiles(file, collector);
        var uses = new WeightUses(collector);
        var walk = new GraphWalk(graph.functions(), files, uses);
        for (var main : graph.graphs()) {
            walk.walk(main);
        }
        if (uses.isEmpty()) {
            uses.addAllByShape(graph.tensors(), files);
        } else {
            uses.addDoubtful();
        }
        for (var tensor : graph.tensors()) {
            tensor.claim(files);
        }
        return collector.weights(id());
    }

    /** What a file has said of itself so far. Fields that ONNX does not know are passed over, as its own readers do. */
    private static final class Preamble {
        private boolean hasVersion;
        private boolean hasGraph;

        boolean isComplete() {
            return hasVersion && hasGraph;
        }

        /** Takes the present field in; returns false if a ModelProto cannot hold it. */
        boolean accept(MessageReader model) throws IOException {
            switch (model.field()) {
                case IR_VERSION -> {
                    if (model.wireType() != MessageReader.VARINT) {
                        return false;
                    }
                    long version = model.varint();
                    hasVersion = version > 0 && version < MAX_IR_VERSION;
                    return hasVersion;
                }
                case MODEL_VERSION -> {
                    return skip(model, MessageReader.VARINT);
                }
                case 2, 3, 4, 6, 8, 14, 20, 25 -> {
                    return skip(model, MessageReader.LENGTH);
                }
                case GraphReader.GRAPH -> {
                    hasGraph = skip(model, MessageReader.LENGTH);
                    return hasGraph;
                }
                default -> {
                    model.skip();
                    return true;
                }
            }
        }

        private static boolean skip(MessageReader model, int wireType) throws IOException {
            if (model.wireType() != wireType) {
                return false;
            }
            model.skip();
            return true;
        }
    }
}
