package io.weighbridge.hasher.format.pytorch;

import io.weighbridge.hasher.format.ModelBytes;
import io.weighbridge.hasher.format.ModelFormat;
import io.weighbridge.hasher.format.ModelFormatException;
import io.weighbridge.hasher.format.ModelWeights;
import io.weighbridge.hasher.format.ReadLimits;
import io.weighbridge.hasher.format.pytorch.TensorFinder.Found;
import io.weighbridge.hasher.format.zip.ZipArchive;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Predicate;

/**
 * PyTorch since 1.6: a zip archive of {@code NAME/data.pkl}, {@code NAME/data/KEY} for each storage and, in newer ones, {@code
 * NAME/byteorder}. State dicts, checkpoints, pickled modules and TorchScript all look like this.
 */
public final class PyTorchFormat implements ModelFormat {

    /** A tensor takes about 40 opcodes. */
    private static final long STEPS_PER_TENSOR = 64;

    private static final long FREE_STEPS = 100_000;

    /** Where checkpoints keep the model; the first that holds a layer is read alone. */
    private static final List<String> MODEL_KEYS = List.of(
            "state_dict", "model_state_dict", "model", "module", "net", "network", "weights", "params", "generator");

    @Override
    public String id() {
        return "pytorch";
    }

    @Override
    public boolean recognises(ModelBytes file) throws IOException {
        if (!ZipArchive.isZip(file)) {
            return false;
        }
        var archive = ZipArchive.open(file, ReadLimits.STANDARD);
        return archive.contains(folder(archive) + "data.pkl");
    }

    @Override
    public ModelWeights read(ModelBytes file, ReadLimits limits) throws IOException {
        var archive = ZipArchive.open(file, limits);
        archive.verify();
        var folder = folder(archive);
        long steps = limits.maxTensors() * STEPS_PER_TENSOR + FREE_STEPS;
        var root = new PickleMachine(archive.readHeader(folder + "data.pkl"), steps).load();
        var reader = new StorageReader(file, limits, archive, folder + "data/", byteOrder(archive, folder));
        return read(TensorFinder.find(root, limits), reader);
    }

    private ModelWeights read(List<Found> found, StorageReader reader) throws IOException {
        for (var tensor : found) {
            reader.count(tensor);
        }
        for (var tensor : ofTheModel(found)) {
            reader.addLayer(tensor);
        }
        return reader.weights(id());
    }

    /** Leaves out the optimizer's tensors, which have the shapes of weights, unless there are no others. */
    private static List<Found> ofTheModel(List<Found> found) {
        for (var key : MODEL_KEYS) {
            var model = only(found, tensor -> tensor.section().equals(key));
            if (model.stream().anyMatch(tensor -> tensor.tensor().sizes().size() > 1)) {
                return model;
            }
        }
        var others = only(found, tensor -> !tensor.section().startsWith("optimizer"));
        return others.stream().anyMatch(tensor -> tensor.tensor().sizes().size() > 1) ? others : found;
    }

    private static List<Found> only(List<Found> found, Predicate<Found> condition) {
        return found.stream().filter(condition).toList();
    }

    private static ByteOrder byteOrder(ZipArchive archive, String folder) throws IOException {
        if (!archive.contains(folder + "byteorder")) {
            return ByteOrder.LITTLE_ENDIAN;
        }
        var order = StandardCharsets.UTF_8
                .decode(archive.readHeader(folder + "byteorder"))
                .toString();
        return switch (order) {
            case "little" -> ByteOrder.LITTLE_ENDIAN;
            case "big" -> ByteOrder.BIG_ENDIAN;
            default -> throw ModelFormatException.malformed("byteorder: expected little or big, got " + order);
        };
    }

    /** The folder of the first entry, with its slash: where PyTorch looks for all others. */
    private static String folder(ZipArchive archive) {
        return archive.names().stream()
                .findFirst()
                .map(name -> name.substring(0, name.indexOf('/') + 1))
                .orElse("");
    }
}
