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

    /**
     * What is said of a model beside the layers that were read; null if nothing is.
     *
     * @throws ModelFormatException if more weights cannot be read than were
     */
    String beside(List<WeightLayer> layers) throws ModelFormatException {
        double read = layers.stream().mapToDouble(WeightLayer::size).sum();
        var others = tensors == 1 ? "" : ", and so " + (tensors - 1) + " other tensors";
        if (numbers > read) {
            throw ModelFormatException.unsupported(first + others);
        }
        return first == null ? null : first + others;
    }
}
