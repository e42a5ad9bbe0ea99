package io.weighbridge.hasher.format.tensorflow;

import java.util.List;

/**
 * A list of nodes: a graph, or the body of a function.
 *
 * @param arguments names of a function's; a graph has none
 */
record GraphFunction(List<String> arguments, List<GraphNode> nodes) {}
