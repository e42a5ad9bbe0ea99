package io.weighbridge.hasher.format.pytorch;

import io.weighbridge.hasher.format.ModelBytes;
import io.weighbridge.hasher.format.ModelFormat;
import io.weighbridge.hasher.format.ModelFormatException;
import io.weighbridge.hasher.format.ModelWeights;
import io.weighbridge.hasher.format.ReadLimits;
import io.weighbridge.hasher.format.pickle.PersistentIds;
import io.weighbridge.hasher.format.pickle.PickleInput;
import io.weighbridge.hasher.format.pickle.PickleMachine;
import io.weighbridge.hasher.format.pickle.PickleRun;
import io.weighbridge.hasher.format.pickle.PyDict;
import io.weighbridge.hasher.format.pytorch.CheckpointMetadata.Entry;
import io.weighbridge.hasher.format.pytorch.CheckpointMetadata.Item;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;

/**
 * The {@code .metadata} of {@code torch.distributed.checkpoint}: a pickle that tells which pieces of which tensors lie where in the files beside it, {@link
 * DistributedShard}s.
 */
public final class DistributedFormat implements ModelFormat {

    static final String ID = "pytorch-distributed";

    /** Steps, rates and other settings take less. */
    private static final long SMALL_BYTES = 1 << 20;

    /** No file is larger, and a sum of as many as there are opcodes is a long. */
    private static final long MOST_COUNTED = 1L << 44;

    private static final int PROTO = 0x80;
    private static final int PEEK_BYTES = 128;
    private static final String CLASS = "torch.distributed.checkpoint.metadata";

    @Override
    public String id() {
        return ID;
    }

    @Override
    public boolean recognises(ModelBytes file, ReadLimits limits) throws IOException {
        var start = file.peek(0, PEEK_BYTES);
        return start.hasRemaining()
                && (start.get(0) & 0xff) == PROTO
                && StandardCharsets.ISO_8859_1.decode(start).toString().contains(CLASS);
    }

    @Override
    public ModelWeights read(ModelBytes file, ReadLimits limits) throws IOException {
        var run = new PickleRun(limits);
        var input = new PickleInput(file, "the file", run);
        var root = PickleMachine.load(input, PersistentIds.NONE, ArrayCalls::make);
        input.expectEnd();
        var metadata = new CheckpointMetadata(root, input);
        var entries = metadata.entries();
        var reader = new StorageReader(file, limits);
        var shards = new ShardFiles(file, reader, run);
        var state = new PyDict();
        for (var entry : entries) {
            put(state, entry, shards.tensor(entry));
        }
        shards.claim(metadata.items());
        var weights = UnpickledModel.read(id(), TensorFinder.find(state, limits), reader);
        if (!TensorFinder.find(root, limits).isEmpty()) {
            return withUnread(weights, "tensors inside of the metadata itself");
        }
        long others = otherBytes(metadata.items(), entries);
        return others > SMALL_BYTES
                ? withUnread(weights, "values that are no tensors, " + others + " bytes in the files beside it")
                : weights.withRemark(run.callsNotRun());
    }

    /** What is not read, and could be the model. */
    private static ModelWeights withUnread(ModelWeights weights, String what) throws ModelFormatException {
        if (weights.layers().isEmpty()) {
            throw ModelFormatException.unsupported(weights.whyNoLayers() + "; not read: " + what);
        }
        return weights.withUnread("also holds, not read, " + what);
    }

    private static long otherBytes(Collection<Item> items, List<Entry> entries) {
        var tensors = new HashSet<Item>();
        entries.forEach(entry -> entry.chunks().forEach(chunk -> tensors.add(chunk.item())));
        return items.stream()
                .filter(item -> !tensors.contains(item))
                .mapToLong(item -> Math.min(item.length(), MOST_COUNTED))
                .sum();
    }

    /** Puts a tensor where it was in the state dict: optimizers are told by their place there. */
    private static void put(PyDict state, Entry entry, PyTensor tensor) throws ModelFormatException {
        var place = state;
        var path = entry.path();
        for (var key : path.subList(0, path.size() - 1)) {
            var inner = place.entries().get(key);
            if (inner == null) {
                inner = new PyDict();
                place.put(key, inner);
            }
            if (!(inner instanceof PyDict dict)) {
                throw ModelFormatException.malformed("tensor " + entry.name() + ": lies below another tensor");
            }
            place = dict;
        }
        place.put(path.get(path.size() - 1), tensor);
    }
}
