package io.weighbridge.app.zoo.save;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Networks to save: a chain of convolutions, one of them depthwise, and two dense layers, the first behind a flattened image. */
final class SavedNetworks {

    private SavedNetworks() {}

    static List<SavedTensor> random(long seed) {
        var random = new Random(seed);
        var tensors = new ArrayList<SavedTensor>();
        tensors.add(tensor(random, "layers.0.weight", 16, 3, 3, 3));
        for (var statistic : List.of("weight", "bias", "running_mean", "running_var"))
            tensors.add(tensor(random, "layers.1." + statistic, 16));
        tensors.add(tensor(random, "layers.2.weight", 16, 1, 3, 5));
        tensors.add(tensor(random, "layers.4.weight", 24, 16, 1, 1));
        tensors.add(tensor(random, "layers.4.bias", 24));
        tensors.add(tensor(random, "layers.6.weight", 40, 24 * 2 * 3));
        tensors.add(tensor(random, "layers.6.bias", 40));
        tensors.add(tensor(random, "layers.8.weight", 10, 40));
        tensors.add(tensor(random, "layers.8.bias", 10));
        return tensors;
    }

    private static SavedTensor tensor(Random random, String name, long... shape) {
        int numbers = 1;
        for (long size : shape) numbers *= (int) size;
        var values = new float[numbers];
        for (int i = 0; i < numbers; i++) values[i] = (float) random.nextGaussian() / 8;
        return SavedTensor.of(name, shape, values);
    }
}
