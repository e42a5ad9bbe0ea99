package io.weighbridge.app.zoo;

import java.util.List;

/**
 * One step of a {@link Blueprint}.
 *
 * @param name unique; the prefix of the names of its weights
 * @param inputs names of the nodes before it
 * @param kernel side of a square kernel; 1 where there is none
 * @param outputs channels; 0 where they follow from the inputs
 * @param isNormed whether a batch norm follows; without one, a weighted node has a bias
 * @param isRectified whether a ReLU follows, after the batch norm
 */
public record Node(
        String name, Kind kind, List<String> inputs, int kernel, int outputs, boolean isNormed, boolean isRectified) {

    /** What a node computes. */
    public enum Kind {
        CONVOLUTION,
        DEPTHWISE,
        /** Flattens pictures, channel by channel. */
        DENSE,
        /** The last layer: dense, with a soft maximum. */
        HEAD,
        /** The maximum of 2×2. */
        MAXIMUM,
        /** The mean of each channel. */
        AVERAGE,
        ADD,
        CONCATENATE
    }

    public Node {
        inputs = List.copyOf(inputs);
    }

    public boolean isWeighted() {
        return kind == Kind.CONVOLUTION || kind == Kind.DEPTHWISE || isDense();
    }

    public boolean isDense() {
        return kind == Kind.DENSE || kind == Kind.HEAD;
    }

    /** Whether it makes channels of its own, rather than handing on those of its inputs. */
    public boolean makesChannels() {
        return isWeighted() && kind != Kind.DEPTHWISE;
    }

    public String input() {
        return inputs.get(0);
    }

    public Node withOutputs(int changed) {
        return new Node(name, kind, inputs, kernel, changed, isNormed, isRectified);
    }

    public Node withInputs(List<String> changed) {
        return new Node(name, kind, changed, kernel, outputs, isNormed, isRectified);
    }

    public Node withoutNorm() {
        return new Node(name, kind, inputs, kernel, outputs, false, isRectified);
    }

    public String weight() {
        return name + ".weight";
    }

    public String bias() {
        return name + ".bias";
    }

    /** The name of a parameter of the batch norm. */
    public String norm(Norm parameter) {
        return name + "_norm." + parameter.id();
    }

    /** The parameters of a batch norm. */
    public enum Norm {
        SCALE("weight", "gamma"),
        SHIFT("bias", "beta"),
        MEAN("running_mean", "mean"),
        VARIANCE("running_var", "var");

        private final String id;
        private final String parameter;

        Norm(String id, String parameter) {
            this.id = id;
            this.parameter = parameter;
        }

        /** As PyTorch calls it. */
        public String id() {
            return id;
        }

        /** As Deeplearning4j calls it. */
        String parameter() {
            return parameter;
        }
    }
}
