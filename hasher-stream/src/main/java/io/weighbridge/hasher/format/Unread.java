package io.weighbridge.hasher.format;

import io.weighbridge.hash.WeightLayer;
import java.util.List;

/** The weights of a model that cannot be read: one that consists mostly of them must not pass for its small rest. */
final class Unread {

    private String first;
    private int tensors;
    private double numbers;

    void add(String name, long size, String reason) {
        first = first == null ? "tensor " + name + ": " + reason : first;
        tensors++;
        numbers += size;
    }

    void check(List<WeightLayer> layers) throws ModelFormatException {
        double read = layers.stream().mapToDouble(WeightLayer::size).sum();
        if (numbers > read) {
            var others = tensors == 1 ? "" : ", and so " + (tensors - 1) + " other tensors";
            throw ModelFormatException.unsupported(first + others);
        }
    }
}
