package io.weighbridge.hasher.format.tensorflow;

import io.weighbridge.hasher.format.ModelBytes;
import io.weighbridge.hasher.format.ModelFormat;
import io.weighbridge.hasher.format.ModelFormatException;
import io.weighbridge.hasher.format.ModelWeights;
import io.weighbridge.hasher.format.ReadLimits;
import io.weighbridge.hasher.format.StoredTensor;
import io.weighbridge.hasher.format.WeightCollector;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Checkpoints of TensorFlow, which are also the variables of a SavedModel: {@code variables.index}, a sorted table that tells where each
 * tensor lies, and its numbers in {@code variables.data-00000-of-00001} and so on beside it.
 *
 * <p>What optimizers keep is counted, not hashed. The checksum of every layer is compared before it is given out.
 */
public final class CheckpointFormat implements ModelFormat {

    private static final int MIN_RANK = 2;
    private static final int MAX_RANK = 5;

    @Override
    public String id() {
        return "tensorflow-checkpoint";
    }

    /** The magic number of the table is at the end of the file; one that is cut off is told by its header, which is its first entry. */
    @Override
    public boolean recognises(ModelBytes file, ReadLimits limits) throws IOException {
        return SortedTable.isTable(file) || BundleHeader.isFirstOf(file.peek(0, BundleHeader.MAX_START_BYTES));
    }

    @Override
    public ModelWeights read(ModelBytes file, ReadLimits limits) throws IOException {
        var table = SortedTable.read(file, limits);
        if (table.isEmpty() || !table.get(0).key().isEmpty()) {
            throw ModelFormatException.unsupported("a sorted table that is no TensorFlow checkpoint: no header");
        }
        var header = BundleHeader.parse(table.get(0).value());
        var tensors = tensors(table.subList(1, table.size()));
        Shards.checkOverlaps(tensors);
        var collector = new WeightCollector(file, limits);
        for (var tensor : tensors) {
            collector.count(tensor.name(), tensor.numbers());
        }
        var shards = new Shards(file, header.shards());
        addLayers(layers(tensors), shards, header, new CheckpointLayout(collector));
        tensors.forEach(shards::claim);
        return collector.weights(id());
    }

    private static void addLayers(List<BundleEntry> layers, Shards shards, BundleHeader header, CheckpointLayout layout)
            throws IOException {
        for (var tensor : layers) {
            if (tensor.isSliced()) {
                throw ModelFormatException.unsupported(
                        "tensor " + tensor.name() + ": variables cut into slices are not read");
            }
            var shard = shards.of(tensor);
            shards.check(tensor);
            layout.add(
                    tensor,
                    new StoredTensor(shard, tensor.offsetBytes(), tensor.numbers(), tensor.type(), header.order()));
        }
    }

    /** In the order of the model, as far as names tell it. */
    private static List<BundleEntry> tensors(List<TableEntry> table) throws ModelFormatException {
        var tensors = new ArrayList<BundleEntry>();
        for (var entry : table) {
            // Slices of a variable have binary keys that begin with a zero.
            if (!entry.key().startsWith("\0")) {
                tensors.add(BundleEntry.parse(entry.key(), entry.value()));
            }
        }
        tensors.sort(Comparator.comparing(BundleEntry::name, new NaturalOrder()));
        return tensors;
    }

    private static List<BundleEntry> layers(List<BundleEntry> tensors) throws ModelFormatException {
        var byName = new HashMap<String, BundleEntry>();
        for (var tensor : tensors) {
            byName.put(tensor.name(), tensor);
        }
        var layers = new ArrayList<BundleEntry>();
        for (var tensor : tensors) {
            if (isLayer(tensor, byName)) {
                layers.add(tensor);
            }
        }
        return layers;
    }

    private static boolean isLayer(BundleEntry tensor, Map<String, BundleEntry> byName) throws ModelFormatException {
        var name = new VariableName(tensor.name());
        int rank = tensor.shape().length;
        if (rank < MIN_RANK || rank > MAX_RANK || !tensor.type().isFloating() || tensor.numbers() == 0) {
            return false;
        }
        var owner = byName.get(name.owner());
        boolean isSlot = owner != null && Arrays.equals(owner.shape(), tensor.shape());
        return !isSlot && !name.isOptimizers() && !name.isEmbedding();
    }
}
