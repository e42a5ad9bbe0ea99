package io.weighbridge.hasher.format.onnx;

import java.util.List;

/**
 * What matters of one operation of a graph.
 *
 * @param transA whether a Gemm transposes its first input; {@code transB} the second
 * @param swaps whether a Transpose has the permutation [1, 0], explicitly or as the default of a matrix
 */
record OnnxNode(String operator, List<String> inputs, String output, boolean transA, boolean transB, boolean swaps) {

    String input(int index) {
        return index < inputs.size() ? inputs.get(index) : "";
    }
}
