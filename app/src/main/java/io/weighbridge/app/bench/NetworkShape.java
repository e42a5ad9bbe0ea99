package io.weighbridge.app.bench;

import java.util.ArrayList;
import java.util.List;

/** The weight tensors of a well-known network, under the names that torchvision gives them. */
public record NetworkShape(String name, List<LayerShape> layers) {

    private static final int CLASSES = 1000;

    public NetworkShape {
        layers = List.copyOf(layers);
    }

    /** 25.5 million weights in 54 layers, almost all of them convolutions. */
    public static NetworkShape resnet50() {
        int[] blocks = {3, 4, 6, 3};
        var layers = new ArrayList<LayerShape>();
        layers.add(LayerShape.convolution("conv1.weight", 64, 3, 7));
        int inputs = 64;
        for (int stage = 0; stage < blocks.length; stage++) {
            int width = 64 << stage;
            for (int block = 0; block < blocks[stage]; block++) {
                addBottleneck(layers, "layer%d.%d.".formatted(stage + 1, block), inputs, width);
                inputs = 4 * width;
            }
        }
        layers.add(LayerShape.dense("fc.weight", CLASSES, inputs));
        return new NetworkShape("ResNet-50", layers);
    }

    private static void addBottleneck(List<LayerShape> layers, String name, int inputs, int width) {
        layers.add(LayerShape.convolution(name + "conv1.weight", width, inputs, 1));
        layers.add(LayerShape.convolution(name + "conv2.weight", width, width, 3));
        layers.add(LayerShape.convolution(name + "conv3.weight", 4 * width, width, 1));
        if (name.endsWith(".0.")) {
            layers.add(LayerShape.convolution(name + "downsample.0.weight", 4 * width, inputs, 1));
        }
    }

    /** 138 million weights in 16 layers, three quarters of them in one dense layer. */
    public static NetworkShape vgg16() {
        int[] places = {0, 2, 5, 7, 10, 12, 14, 17, 19, 21, 24, 26, 28};
        int[] outputs = {64, 64, 128, 128, 256, 256, 256, 512, 512, 512, 512, 512, 512};
        var layers = new ArrayList<LayerShape>();
        int inputs = 3;
        for (int i = 0; i < places.length; i++) {
            layers.add(LayerShape.convolution("features." + places[i] + ".weight", outputs[i], inputs, 3));
            inputs = outputs[i];
        }
        layers.add(LayerShape.dense("classifier.0.weight", 4096, inputs * 7 * 7));
        layers.add(LayerShape.dense("classifier.3.weight", 4096, 4096));
        layers.add(LayerShape.dense("classifier.6.weight", CLASSES, 4096));
        return new NetworkShape("VGG-16", layers);
    }

    public long weights() {
        return layers.stream().mapToLong(LayerShape::size).sum();
    }

    /** As 32-bit numbers. */
    public long sizeBytes() {
        return weights() * Float.BYTES;
    }
}
