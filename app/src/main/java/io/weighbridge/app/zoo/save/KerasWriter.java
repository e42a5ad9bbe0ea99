package io.weighbridge.app.zoo.save;

import io.jhdf.HdfFile;
import io.jhdf.api.WritableGroup;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes tensors as Keras 2 saves weights alone in HDF5: {@code LAYER/LAYER/kernel:0} and so on, listed by the attributes {@code
 * layer_names} and {@code weight_names}; kernels [height, width, in, out], depthwise [height, width, in, 1], dense [in, out].
 */
public final class KerasWriter {

    private final Map<String, List<SavedTensor>> layers = new LinkedHashMap<>();
    private final KerasKernels kernels = new KerasKernels();

    private KerasWriter(List<SavedTensor> tensors) {
        for (var tensor : tensors)
            layers.computeIfAbsent(tensor.layer(), name -> new ArrayList<>()).add(tensor);
    }

    /**
     * In single precision.
     *
     * @param tensors in the order of the network: a dense layer behind a convolution sees its channels last
     */
    public static void write(Path file, List<SavedTensor> tensors) {
        var writer = new KerasWriter(tensors);
        try (var hdf = HdfFile.write(file)) {
            hdf.putAttribute("layer_names", writer.layers.keySet().toArray(String[]::new));
            hdf.putAttribute("backend", "tensorflow");
            hdf.putAttribute("keras_version", "2.15.0");
            writer.layers.forEach((name, weights) -> writer.put(hdf.putGroup(name), name, weights));
        }
    }

    private void put(WritableGroup layer, String name, List<SavedTensor> weights) {
        boolean isNorm = weights.stream().anyMatch(tensor -> tensor.variable().equals("running_mean"));
        var names = weights.stream()
                .map(tensor -> name + "/" + variable(tensor, isNorm))
                .toArray(String[]::new);
        layer.putAttribute("weight_names", names);
        var variables = layer.putGroup(name);
        for (var tensor : weights) variables.putDataset(variable(tensor, isNorm), kernels.relaid(tensor));
    }

    private static String variable(SavedTensor tensor, boolean isNorm) {
        return switch (tensor.variable()) {
            case "weight" -> isNorm ? "gamma:0" : tensor.isDepthwise() ? "depthwise_kernel:0" : "kernel:0";
            case "bias" -> isNorm ? "beta:0" : "bias:0";
            case "running_mean" -> "moving_mean:0";
            case "running_var" -> "moving_variance:0";
            default -> tensor.variable() + ":0";
        };
    }
}
