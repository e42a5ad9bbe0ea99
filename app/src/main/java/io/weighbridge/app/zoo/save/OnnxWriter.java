package io.weighbridge.app.zoo.save;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.UnsafeByteOperations;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Writes tensors as ONNX: every tensor an initializer, and for each kernel a Conv, for each matrix a Gemm with {@code transB}, with its
 * bias if there is one. Every node hangs on an input and an output of its own: what lies between the layers is not told.
 */
public final class OnnxWriter {

    private static final long IR_VERSION = 8;
    private static final long OPERATORS = 13;

    private final GraphProto.Builder graph = GraphProto.newBuilder().setName("network");
    private final Set<String> names;

    private OnnxWriter(List<SavedTensor> tensors) {
        this.names = tensors.stream().map(SavedTensor::name).collect(Collectors.toSet());
    }

    /** In single precision. A file holds less than 2 GiB. */
    public static void write(Path file, List<SavedTensor> tensors) throws IOException {
        var writer = new OnnxWriter(tensors);
        tensors.forEach(writer::add);
        var model = ModelProto.newBuilder()
                .setIrVersion(IR_VERSION)
                .setProducerName("weighbridge")
                .addOpsetImport(OperatorSetIdProto.newBuilder().setDomain("").setVersion(OPERATORS))
                .setGraph(writer.graph)
                .build();
        try (var out = Files.newOutputStream(file)) {
            model.writeTo(out);
        }
    }

    private void add(SavedTensor tensor) {
        graph.addInitializer(initializer(tensor));
        if (!tensor.isDense() && !tensor.isConvolution()) return;
        var input = tensor.layer() + ".input";
        var output = tensor.layer() + ".output";
        var node = tensor.isDense() ? gemm() : convolution(tensor);
        node.setName(tensor.layer()).addInput(input).addInput(tensor.name()).addOutput(output);
        if (names.contains(tensor.layer() + ".bias")) node.addInput(tensor.layer() + ".bias");
        graph.addNode(node);
        graph.addInput(value(tensor, input, tensor.isDepthwise() ? tensor.outputs() : tensor.inputs()));
        graph.addOutput(value(tensor, output, tensor.outputs()));
    }

    private static NodeProto.Builder gemm() {
        return NodeProto.newBuilder().setOpType("Gemm").addAttribute(number("transB", 1));
    }

    private static NodeProto.Builder convolution(SavedTensor kernel) {
        return NodeProto.newBuilder()
                .setOpType("Conv")
                .addAttribute(number("group", kernel.isDepthwise() ? kernel.outputs() : 1));
    }

    private static AttributeProto.Builder number(String name, long value) {
        return AttributeProto.newBuilder()
                .setName(name)
                .setType(AttributeProto.AttributeType.INT)
                .setI(value);
    }

    private static TensorProto.Builder initializer(SavedTensor tensor) {
        var initializer = TensorProto.newBuilder()
                .setName(tensor.name())
                .setDataType(TensorProto.DataType.FLOAT_VALUE)
                .setRawData(UnsafeByteOperations.unsafeWrap(Precision.F32.encode(tensor)));
        for (long size : tensor.shape()) initializer.addDims(size);
        return initializer;
    }

    /** Images of any size, or vectors, in batches of any size. */
    private static ValueInfoProto.Builder value(SavedTensor kernel, String name, int channels) {
        var shape = TensorShapeProto.newBuilder()
                .addDim(TensorShapeProto.Dimension.newBuilder().setDimParam("batch"))
                .addDim(TensorShapeProto.Dimension.newBuilder().setDimValue(channels));
        for (int axis = 2; axis < kernel.rank(); axis++)
            shape.addDim(TensorShapeProto.Dimension.newBuilder().setDimParam(name + axis));
        var type = TypeProto.Tensor.newBuilder()
                .setElemType(TensorProto.DataType.FLOAT_VALUE)
                .setShape(shape);
        return ValueInfoProto.newBuilder()
                .setName(name)
                .setType(TypeProto.newBuilder().setTensorType(type));
    }
}
