package io.weighbridge.app.zoo;

import io.weighbridge.app.zoo.Node.Kind;
import io.weighbridge.app.zoo.Node.Norm;
import io.weighbridge.app.zoo.fast.FastConvolution;
import io.weighbridge.app.zoo.fast.FastDepthwise;
import io.weighbridge.app.zoo.save.SavedTensor;
import java.util.ArrayList;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.DepthwiseConvolution2D;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.weights.WeightInit;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** A network as a graph of Deeplearning4j, which can be trained and run. */
final class Graph {

    private Graph() {}

    /** A graph that computes what the network does, fast; it cannot be saved. */
    static ComputationGraph fast(Network network) {
        var graph = of(network, FastDepthwise::new);
        FastConvolution.plugInto(graph);
        return graph;
    }

    /** A graph that computes what the network does, of Deeplearning4j's layers only. */
    static ComputationGraph of(Network network) {
        return of(network, DepthwiseConvolution2D.Builder::build);
    }

    private static ComputationGraph of(Network network, Depthwise depthwise) {
        var graph =
                new ComputationGraph(configure(network.blueprint(), depthwise).build());
        graph.init();
        for (var node : network.blueprint().layers()) {
            put(network.tensor(node.weight()), weight(graph, node));
            if (!node.isNormed()) put(network.tensor(node.bias()), parameter(graph, node.name(), "b"));
            else
                for (var norm : Norm.values())
                    put(network.tensor(node.norm(norm)), parameter(graph, normVertex(node), norm.parameter()));
        }
        return graph;
    }

    /** The network that a graph of its blueprint has become. */
    static Network read(ComputationGraph graph, Blueprint blueprint) {
        var weights = new ArrayList<SavedTensor>();
        for (var node : blueprint.layers()) {
            weights.add(take(node.weight(), weight(graph, node)));
            if (!node.isNormed()) weights.add(flat(node.bias(), parameter(graph, node.name(), "b")));
            else
                for (var norm : Norm.values())
                    weights.add(flat(node.norm(norm), parameter(graph, normVertex(node), norm.parameter())));
        }
        return new Network(blueprint, weights);
    }

    /** A view of the kernel or matrix of a node, in the layout of PyTorch; changes go through to the graph. */
    static INDArray weight(ComputationGraph graph, Node node) {
        var stored = parameter(graph, node.name(), "W");
        if (node.kind() == Kind.DEPTHWISE) return stored.permute(2, 3, 0, 1);
        return node.isDense() ? stored.transpose() : stored;
    }

    private static INDArray parameter(ComputationGraph graph, String vertex, String name) {
        return graph.getLayer(vertex).getParam(name);
    }

    private static void put(SavedTensor from, INDArray to) {
        to.assign(Nd4j.create(from.values(), to.shape(), 'c'));
    }

    private static SavedTensor take(String name, INDArray from) {
        return SavedTensor.of(name, from.shape(), from.dup('c').data().asFloat());
    }

    private static SavedTensor flat(String name, INDArray from) {
        return SavedTensor.of(
                name, new long[] {from.length()}, from.dup('c').data().asFloat());
    }

    private static GraphBuilder configure(Blueprint blueprint, Depthwise depthwise) {
        var graph = new NeuralNetConfiguration.Builder()
                // Saved with the network: the time of day otherwise.
                .seed(1)
                .updater(new Adam())
                .weightInit(WeightInit.ZERO)
                .l2(1e-4)
                .convolutionMode(ConvolutionMode.Same)
                .graphBuilder()
                .addInputs(Blueprint.PICTURE);
        blueprint.nodes().forEach(node -> add(graph, node, blueprint, depthwise));
        return graph.setOutputs(blueprint.head().name()).setInputTypes(ImageTask.inputType());
    }

    private static void add(GraphBuilder graph, Node node, Blueprint blueprint, Depthwise depthwise) {
        var inputs = node.inputs().stream()
                .map(input -> outputVertex(input, blueprint))
                .toArray(String[]::new);
        switch (node.kind()) {
            case ADD -> graph.addVertex(node.name(), new ElementWiseVertex(ElementWiseVertex.Op.Add), inputs);
            case CONCATENATE -> graph.addVertex(node.name(), new MergeVertex(), inputs);
            default -> graph.addLayer(node.name(), layer(node, depthwise), inputs);
        }
        if (node.isNormed())
            graph.addLayer(
                    normVertex(node),
                    new BatchNormalization.Builder()
                            .useLogStd(false)
                            .eps(Network.EPSILON)
                            .build(),
                    node.name());
        if (hasActivation(node))
            graph.addLayer(
                    activationVertex(node),
                    new ActivationLayer(Activation.RELU),
                    node.isNormed() ? normVertex(node) : node.name());
    }

    private static Layer layer(Node node, Depthwise depthwise) {
        var activation = node.isRectified() && !hasActivation(node) ? Activation.RELU : Activation.IDENTITY;
        return switch (node.kind()) {
            case CONVOLUTION ->
                new ConvolutionLayer.Builder(node.kernel(), node.kernel())
                        .nOut(node.outputs())
                        .hasBias(!node.isNormed())
                        .activation(activation)
                        .build();
            case DEPTHWISE ->
                depthwise.build(new DepthwiseConvolution2D.Builder(node.kernel(), node.kernel())
                        .depthMultiplier(1)
                        .hasBias(!node.isNormed())
                        .activation(activation));
            case DENSE ->
                new DenseLayer.Builder()
                        .nOut(node.outputs())
                        .activation(activation)
                        .build();
            case HEAD ->
                new OutputLayer.Builder(LossFunction.MCXENT)
                        .nOut(node.outputs())
                        .activation(Activation.SOFTMAX)
                        .build();
            case MAXIMUM ->
                new SubsamplingLayer.Builder(SubsamplingLayer.PoolingType.MAX)
                        .kernelSize(2, 2)
                        .stride(2, 2)
                        .build();
            case AVERAGE -> new GlobalPoolingLayer(PoolingType.AVG);
            default -> throw new IllegalArgumentException(node.kind() + " is no layer");
        };
    }

    /** Whether the ReLU is a vertex of its own, behind a batch norm or an addition. */
    private static boolean hasActivation(Node node) {
        return node.isRectified() && (node.isNormed() || node.kind() == Kind.ADD);
    }

    private static String outputVertex(String name, Blueprint blueprint) {
        if (name.equals(Blueprint.PICTURE)) return name;
        var node = blueprint.node(name);
        if (hasActivation(node)) return activationVertex(node);
        return node.isNormed() ? normVertex(node) : name;
    }

    private static String normVertex(Node node) {
        return node.name() + "_norm";
    }

    private static String activationVertex(Node node) {
        return node.name() + "_relu";
    }

    /** Makes a layer of what is told of it. */
    private interface Depthwise {
        DepthwiseConvolution2D build(DepthwiseConvolution2D.Builder builder);
    }
}
