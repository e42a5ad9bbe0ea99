package io.weighbridge.hasher.format.tensorflow;

import java.io.IOException;
import java.util.Set;

/**
 * Finds whether what a matrix is multiplied with is an image [height, width, channels] that was flattened, by following the graph back to what
 * told its channels.
 */
final class FlattenedImage {

    private static final int MAX_STEPS = 64;
    private static final int MAX_BRANCHES = 64;
    private static final int IMAGE_RANK = 4;

    /** Operations that keep positions and channels apart, and the number of channels. */
    private static final Set<String> KEEPING = Set.of(
            "Add",
            "AddN",
            "AddV2",
            "AvgPool",
            "AvgPool3D",
            "BatchToSpaceND",
            "BiasAdd",
            "Elu",
            "FusedBatchNorm",
            "FusedBatchNormV2",
            "FusedBatchNormV3",
            "LRN",
            "LeakyRelu",
            "MaxPool",
            "MaxPool3D",
            "MaxPoolV2",
            "Maximum",
            "Minimum",
            "MirrorPad",
            "Mul",
            "Pad",
            "PadV2",
            "RealDiv",
            "Relu",
            "Relu6",
            "Rsqrt",
            "Selu",
            "Sigmoid",
            "SpaceToBatchND",
            "Squeeze",
            "Sub",
            "Switch",
            "Tanh");

    private final GraphScope scope;
    private int branches;

    FlattenedImage(GraphScope scope) {
        this.scope = scope;
    }

    /** The channels of the image that an input is when it was flattened; 0 if it is none, or if channels come first already. */
    long channels(String input) throws IOException {
        branches = 0;
        return channels(input, false);
    }

    private long channels(String input, boolean wasFlattened) throws IOException {
        boolean isFlat = wasFlattened;
        var at = input;
        for (int step = 0; step < MAX_STEPS; step++) {
            var node = scope.node(at);
            if (node == null || node.isChannelsFirst()) {
                return 0;
            }
            if (node.operator().equals("Reshape")) {
                isFlat = true;
                at = node.input(0);
            } else if (KEEPING.contains(node.operator()) || GraphScope.isPassing(node)) {
                at = scope.weight(node.input(0)) == null ? node.input(0) : node.input(1);
            } else {
                return isFlat ? given(node) : 0;
            }
        }
        return 0;
    }

    /** The channels that a node gives its image. */
    private long given(GraphNode node) throws IOException {
        if (node.operator().equals("ConcatV2")) {
            return joined(node);
        }
        if (node.operator().equals("Placeholder")) {
            return node.shape().size() == IMAGE_RANK ? Math.max(0, node.shape().get(IMAGE_RANK - 1)) : 0;
        }
        var use = WeightUse.of(node);
        var weight = use == null ? null : scope.weight(node.input(1));
        if (weight == null || weight.shape().length < IMAGE_RANK) {
            return 0;
        }
        var shape = weight.shape();
        long last = shape[shape.length - 1];
        long before = shape[shape.length - 2];
        return switch (use) {
            case KERNEL -> last;
            case TRANSPOSED_KERNEL -> before;
            case DEPTHWISE -> last * before;
            default -> 0;
        };
    }

    /** Images side by side, along their channels; the last input is the axis. */
    private long joined(GraphNode node) throws IOException {
        long channels = 0;
        for (int i = 0; i < node.inputs().size() - 1; i++) {
            long more = ++branches > MAX_BRANCHES ? 0 : channels(node.input(i), true);
            if (more == 0) {
                return 0;
            }
            channels += more;
        }
        return channels;
    }
}
