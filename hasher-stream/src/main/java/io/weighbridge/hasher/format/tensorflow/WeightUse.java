package io.weighbridge.hasher.format.tensorflow;

import java.util.Map;

/** How an operation uses its second input as a weight. */
enum WeightUse {
    /** [positions ..., inputs, outputs]. */
    KERNEL,
    /** [positions ..., outputs, inputs]. */
    TRANSPOSED_KERNEL,
    /** [positions ..., channels, multiplier]. */
    DEPTHWISE,
    /** [inputs, outputs], unless the node says that it is turned; the first input may be one too. */
    MATRIX;

    private static final Map<String, WeightUse> BY_OPERATOR = Map.ofEntries(
            Map.entry("Conv2D", KERNEL),
            Map.entry("Conv3D", KERNEL),
            Map.entry("_FusedConv2D", KERNEL),
            Map.entry("Conv2DBackpropInput", TRANSPOSED_KERNEL),
            Map.entry("Conv3DBackpropInputV2", TRANSPOSED_KERNEL),
            Map.entry("DepthwiseConv2dNative", DEPTHWISE),
            Map.entry("_FusedDepthwiseConv2dNative", DEPTHWISE),
            Map.entry("MatMul", MATRIX),
            Map.entry("_FusedMatMul", MATRIX),
            Map.entry("BatchMatMul", MATRIX),
            Map.entry("BatchMatMulV2", MATRIX),
            Map.entry("BatchMatMulV3", MATRIX));

    /** Null if it uses none. */
    static WeightUse of(GraphNode node) {
        return BY_OPERATOR.get(node.operator());
    }
}
