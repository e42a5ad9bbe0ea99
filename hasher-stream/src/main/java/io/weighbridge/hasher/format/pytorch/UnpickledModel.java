package io.weighbridge.hasher.format.pytorch;

import io.weighbridge.hasher.format.ModelBytes;
import io.weighbridge.hasher.format.ModelWeights;
import io.weighbridge.hasher.format.ReadLimits;
import io.weighbridge.hasher.format.pickle.PickleRun;
import io.weighbridge.hasher.format.pytorch.TensorFinder.Found;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** Which of the tensors in an unpickled value are the model. */
final class UnpickledModel {

    /** Where checkpoints keep the model; the first that holds a layer is read alone. */
    private static final List<String> MODEL_KEYS = List.of(
            "state_dict", "model_state_dict", "model", "module", "net", "network", "weights", "params", "generator");

    /** Where they keep its moving average, which has the same shapes: read only if there is nothing else. */
    private static final Set<String> AVERAGE_KEYS = Set.of(
            "ema", "ema_state_dict", "ema_model", "model_ema", "state_dict_ema", "params_ema", "g_ema", "ema_params");

    private UnpickledModel() {}

    static ModelWeights read(String format, Object root, ModelBytes file, PickleRun run) throws IOException {
        var found = TensorFinder.find(root, run.limits());
        return read(format, found, file, run.limits()).withRemark(run.callsNotRun());
    }

    /** The model among the tensors of a file. */
    static ModelWeights read(String format, List<Found> found, ModelBytes file, ReadLimits limits) throws IOException {
        return read(format, found, new StorageReader(file, limits));
    }

    /** The model among tensors, read by a reader of its own. */
    static ModelWeights read(String format, List<Found> found, StorageReader reader) throws IOException {
        for (var tensor : found) {
            reader.count(tensor);
        }
        for (var tensor : ofTheModel(found)) {
            reader.addLayer(tensor);
        }
        return reader.weights(format);
    }

    /** Leaves out the tensors of the optimizer and copies of the weights, unless there are no others. */
    private static List<Found> ofTheModel(List<Found> found) {
        for (var key : MODEL_KEYS) {
            var model = only(found, tensor -> tensor.section().equals(key));
            if (holdsLayers(model)) {
                return withoutAttributes(model);
            }
        }
        var noOptimizer = only(found, tensor -> !tensor.section().startsWith("optim"));
        var others = only(noOptimizer, tensor -> !AVERAGE_KEYS.contains(tensor.section()));
        if (holdsLayers(others)) {
            return withoutAttributes(others);
        }
        return withoutAttributes(holdsLayers(noOptimizer) ? noOptimizer : found);
    }

    /** Leaves out what a state dict would leave out, unless there is nothing else. Quantised modules save their packed weights by other means. */
    private static List<Found> withoutAttributes(List<Found> found) {
        var registered = only(found, tensor -> !tensor.isAttribute() || tensor.tensor() instanceof PyQuantised);
        return holdsLayers(registered) ? registered : found;
    }

    private static boolean holdsLayers(List<Found> found) {
        return found.stream().anyMatch(tensor -> tensor.tensor().sizes().size() > 1);
    }

    private static List<Found> only(List<Found> found, Predicate<Found> condition) {
        return found.stream().filter(condition).toList();
    }
}
