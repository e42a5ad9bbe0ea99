package io.weighbridge.hasher.format.pytorch;

import io.weighbridge.hasher.format.ModelBytes;
import io.weighbridge.hasher.format.ModelFormatException;
import io.weighbridge.hasher.format.pickle.PickleRun;
import io.weighbridge.hasher.format.pickle.Slice;
import io.weighbridge.hasher.format.pytorch.CheckpointMetadata.Chunk;
import io.weighbridge.hasher.format.pytorch.CheckpointMetadata.Entry;
import io.weighbridge.hasher.format.pytorch.CheckpointMetadata.Item;
import io.weighbridge.hasher.format.pytorch.PyPieces.Piece;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The files beside the metadata of a distributed checkpoint, each opened once. */
final class ShardFiles {

    /** One for each process that saved, or a few. */
    private static final int MAX_FILES = 16_384;

    private final ModelBytes metadata;
    private final StorageReader reader;
    private final PickleRun run;
    private final Map<String, ModelBytes> files = new HashMap<>();

    /** @param reader is told of every file that is opened */
    ShardFiles(ModelBytes metadata, StorageReader reader, PickleRun run) {
        this.metadata = metadata;
        this.reader = reader;
        this.run = run;
    }

    /** A tensor, put together from its pieces. */
    PyTensor tensor(Entry entry) throws IOException {
        if (entry.sizes().contains(0L) || entry.chunks().isEmpty()) {
            return PyAbsent.notRead(entry.sizes(), "a tensor without pieces");
        }
        var pieces = new ArrayList<Piece>();
        for (var chunk : entry.chunks()) {
            var value = unpickled(entry.name(), chunk);
            if (!(value instanceof PyView view)) {
                return PyAbsent.notRead(entry.sizes(), "what torch.distributed.checkpoint saved of it");
            }
            if (!view.sizes().equals(chunk.sizes())) {
                throw ModelFormatException.malformed("tensor " + entry.name() + ": expected a piece of " + chunk.sizes()
                        + " in " + chunk.item().file() + ", got " + view.sizes());
            }
            pieces.add(new Piece(chunk.offsets(), view));
        }
        return PyPieces.of(entry.name(), entry.sizes(), List.copyOf(pieces));
    }

    /** Notes which bytes belong to the checkpoint, of the files that were opened. */
    void claim(Collection<Item> items) {
        items.stream()
                .filter(item -> files.containsKey(item.file()))
                .forEach(item -> files.get(item.file()).claim(item.offset(), item.length()));
    }

    private Object unpickled(String name, Chunk chunk) throws IOException {
        var item = chunk.item();
        var file = open(item.file());
        if (item.length() > file.sizeBytes() - item.offset()) {
            throw ModelFormatException.malformed("tensor " + name + ": expected " + item.length() + " bytes from byte "
                    + item.offset() + " of " + item.file() + ", the file ends at byte " + file.sizeBytes());
        }
        try {
            var part = file.part(new Slice(file, item.offset(), item.length()));
            return TorchArchive.open(part, run.limits()).unpickle("data", run);
        } catch (ModelFormatException e) {
            throw e.in("tensor " + name + " in " + item.file() + " at byte " + item.offset());
        }
    }

    private ModelBytes open(String name) throws IOException {
        var opened = files.get(name);
        if (opened != null) {
            return opened;
        }
        if (files.size() == MAX_FILES) {
            throw ModelFormatException.tooLarge("checkpoint: in more than " + MAX_FILES + " files");
        }
        var file = metadata.sibling(name)
                .orElseThrow(() -> ModelFormatException.unsupported("its numbers lie in file " + name
                        + " (torch.distributed.checkpoint), which was not found beside the metadata"));
        reader.alsoFrom(file);
        files.put(name, file);
        return file;
    }
}
