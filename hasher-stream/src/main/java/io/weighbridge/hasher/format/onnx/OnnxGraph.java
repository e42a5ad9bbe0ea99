package io.weighbridge.hasher.format.onnx;

import java.util.List;
import java.util.Map;

/**
 * A graph, the body of a control-flow node, or the body of a function.
 *
 * @param inputs names of a function's parameters, or of a graph's inputs
 * @param outputs names of its results
 * @param nodes in the order of the file
 * @param tensors by name: initializers, and constants under the name of their node's output
 */
record OnnxGraph(List<String> inputs, List<String> outputs, List<OnnxNode> nodes, Map<String, OnnxTensor> tensors) {}
