package io.weighbridge.hasher.format.pytorch;

import io.weighbridge.hasher.format.ModelFormatException;
import io.weighbridge.hasher.format.pickle.PickleInput;
import io.weighbridge.hasher.format.pickle.PyDict;
import io.weighbridge.hasher.format.pickle.PyObject;
import io.weighbridge.hasher.format.pickle.PySequence;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What {@code torch.distributed.checkpoint} notes in {@code .metadata}, a pickle of objects with these fields:
 *
 * <pre>
 * state_dict_metadata: {NAME: size, chunks: [offsets, sizes]}      of tensors; other values have none of these
 * planner_data:        {NAME: (KEY, KEY ...)}                      where the value was in the state dict, which may be left out
 * storage_data:        {fqn = NAME, offset: relative_path, offset, length}     where each piece lies
 * </pre>
 */
final class CheckpointMetadata {

    private final Object root;
    private final PickleInput input;
    private final Map<Object, Object> planned;
    private final Map<Place, Item> items = new HashMap<>();

    /** A piece of a value, by where it begins in it. */
    private record Place(String name, List<Long> offsets) {}

    /** Bytes that {@code torch.save} wrote into a file. */
    record Item(String file, long offset, long length) {}

    /** A box of a tensor. */
    record Chunk(List<Long> offsets, List<Long> sizes, Item item) {}

    /** A tensor, and its keys in the state dict. */
    record Entry(String name, List<Object> path, List<Long> sizes, List<Chunk> chunks) {}

    /** @param root what the pickle describes */
    CheckpointMetadata(Object root, PickleInput input) throws ModelFormatException {
        this.root = root;
        this.input = input;
        this.planned = field(root, "planner_data") instanceof PyDict paths ? paths.entries() : Map.of();
        for (var entry : dictionary(root, "storage_data").entrySet()) {
            var offsets = field(entry.getKey(), "offset");
            var place = new Place(
                    text(entry.getKey(), "fqn"),
                    offsets instanceof PySequence ? PyTensor.longs(offsets, input) : List.of());
            items.put(place, item(entry.getValue()));
        }
    }

    /** The tensors in the order of the state dict. */
    List<Entry> entries() throws ModelFormatException {
        var entries = new ArrayList<Entry>();
        for (var entry : dictionary(root, "state_dict_metadata").entrySet()) {
            var name = String.valueOf(entry.getKey());
            if (field(entry.getValue(), "chunks") instanceof PySequence chunks) {
                entries.add(entry(name, entry.getValue(), chunks));
            } else if (field(entry.getValue(), "size") != null) {
                throw input.malformed("tensor " + name + ": expected a list of chunks");
            }
        }
        return entries;
    }

    /** Where all values lie, tensors or not. */
    Collection<Item> items() {
        return items.values();
    }

    private Entry entry(String name, Object tensor, PySequence chunks) throws ModelFormatException {
        var boxes = new ArrayList<Chunk>();
        for (var chunk : chunks.items()) {
            var offsets = PyTensor.longs(field(chunk, "offsets"), input);
            var item = items.get(new Place(name, offsets));
            if (item == null) {
                throw input.malformed("tensor " + name + ": its piece at " + offsets + " lies nowhere,");
            }
            boxes.add(new Chunk(offsets, PyTensor.longs(field(chunk, "sizes"), input), item));
        }
        var path = planned.get(name) instanceof PySequence keys && !keys.items().isEmpty()
                ? List.copyOf(keys.items())
                : List.<Object>of(name);
        return new Entry(name, path, PyTensor.longs(field(tensor, "size"), input), boxes);
    }

    private Item item(Object info) throws ModelFormatException {
        if (field(info, "transform_descriptors") instanceof PySequence transforms
                && !transforms.items().isEmpty()) {
            throw ModelFormatException.unsupported("values that were saved through " + transforms.get(0)
                    + " (a transform of torch.distributed.checkpoint) are not read");
        }
        if (field(info, "offset") instanceof Long offset
                && field(info, "length") instanceof Long length
                && offset >= 0
                && length >= 0) {
            return new Item(text(info, "relative_path"), offset, length);
        }
        throw input.malformed("expected offset and length of a value");
    }

    private Map<Object, Object> dictionary(Object object, String name) throws ModelFormatException {
        if (field(object, name) instanceof PyDict dict) {
            return dict.entries();
        }
        throw input.malformed("expected a dictionary " + name);
    }

    private String text(Object object, String name) throws ModelFormatException {
        if (field(object, name) instanceof String text) {
            return text;
        }
        throw input.malformed("expected a text " + name);
    }

    /** A field of a data class; null if there is none. */
    private static Object field(Object object, String name) {
        return object instanceof PyObject data && data.state() instanceof PyDict fields
                ? fields.entries().get(name)
                : null;
    }
}
