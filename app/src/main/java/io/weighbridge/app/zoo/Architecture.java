package io.weighbridge.app.zoo;

import java.util.Locale;
import java.util.function.BiFunction;

/** A kind of small CNN for pictures of {@link ImageTask}. Each has a layer as wide as the one before it, which can be left out. */
public enum Architecture {
    /** Convolutions with bias. */
    PLAIN((net, width) -> net.convolution(5, width.of(20), false)
            .maximum()
            .convolution(3, width.of(40), false)
            .maximum()
            .convolution(3, width.of(56), false)
            .convolution(3, width.of(56), false)
            .average()),

    /** The same with batch norm. */
    PLAIN_BN((net, width) -> net.convolution(3, width.of(24), true)
            .maximum()
            .convolution(3, width.of(40), true)
            .maximum()
            .convolution(3, width.of(56), true)
            .convolution(3, width.of(56), true)
            .average()),

    /** Pairs of 3×3 convolutions with batch norm, then a dense layer. */
    VGG((net, width) -> net.convolution(3, width.of(12), true)
            .convolution(3, width.of(16), true)
            .maximum()
            .convolution(3, width.of(28), true)
            .convolution(3, width.of(36), true)
            .maximum()
            .convolution(3, width.of(56), true)
            .convolution(3, width.of(56), true)
            .average()
            .dense(width.of(56))),

    /** Residual blocks with 1×1 projections. */
    RESNET((net, width) -> {
        net.convolution(3, width.of(20), true).maximum();
        residual(net, width.of(32));
        net.maximum();
        return residual(net, width.of(52)).average();
    }),

    /** Depthwise separable convolutions. */
    MOBILENET((net, width) -> {
        net.convolution(3, width.of(24), true).maximum();
        separable(net, width.of(64)).maximum();
        separable(net, width.of(192));
        return separable(net, width.of(192)).average();
    }),

    /** Blocks in which every layer sees all before it. */
    DENSENET((net, width) -> {
        net.convolution(3, width.of(24), true).maximum();
        for (int i = 0; i < 3; i++) growing(net, width.of(20));
        net.convolution(1, width.of(48), true).maximum();
        for (int i = 0; i < 2; i++) growing(net, width.of(28));
        return net.convolution(1, width.of(64), true)
                .convolution(1, width.of(64), true)
                .average();
    }),

    /** 5×5 convolutions, then dense layers. */
    LENET((net, width) -> net.convolution(5, width.of(20), false)
            .maximum()
            .convolution(5, width.of(36), false)
            .maximum()
            .dense(width.of(88))
            .dense(width.of(88))),

    /** Kernels that get smaller, then large dense layers. */
    ALEXNET((net, width) -> net.convolution(5, width.of(24), false)
            .maximum()
            .convolution(3, width.of(36), false)
            .convolution(3, width.of(36), false)
            .maximum()
            .dense(width.of(96))
            .dense(width.of(96))),

    /** Network in network: mostly wide 1×1 layers. */
    WIDE_1X1((net, width) -> net.convolution(5, width.of(24), true)
            .maximum()
            .convolution(1, width.of(80), true)
            .convolution(3, width.of(32), true)
            .maximum()
            .convolution(1, width.of(112), true)
            .convolution(1, width.of(112), true)
            .convolution(1, width.of(128), true)
            .average());

    private final BiFunction<Blueprint.Builder, Width, Blueprint.Builder> body;

    Architecture(BiFunction<Blueprint.Builder, Width, Blueprint.Builder> body) {
        this.body = body;
    }

    /** As in file names. */
    public String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * @param width factor of all channel counts
     */
    public Blueprint blueprint(double width, int classCount) {
        return body.apply(new Blueprint.Builder(), new Width(width)).head(classCount);
    }

    private static Blueprint.Builder residual(Blueprint.Builder net, int channels) {
        var from = net.last();
        var body = net.convolution(3, channels, true).linear(3, channels).last();
        var projection = net.after(from).linear(1, channels).last();
        return net.add(body, projection);
    }

    private static Blueprint.Builder separable(Blueprint.Builder net, int channels) {
        return net.depthwise().convolution(1, channels, true);
    }

    private static Blueprint.Builder growing(Blueprint.Builder net, int channels) {
        var from = net.last();
        var added = net.convolution(3, channels, true).last();
        return net.concatenate(from, added);
    }

    /** Scales channel counts. */
    private record Width(double factor) {
        int of(int channels) {
            return (int) Math.round(factor * channels);
        }
    }
}
