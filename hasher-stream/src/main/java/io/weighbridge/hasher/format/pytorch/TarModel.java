package io.weighbridge.hasher.format.pytorch;

import io.weighbridge.hasher.format.ByteRange;
import io.weighbridge.hasher.format.ModelFormatException;
import io.weighbridge.hasher.format.pickle.PickleInput;
import io.weighbridge.hasher.format.pickle.PickleMachine;
import io.weighbridge.hasher.format.pickle.PickleRun;
import io.weighbridge.hasher.format.pickle.PyGlobal;
import io.weighbridge.hasher.format.pickle.PySequence;
import java.io.IOException;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * PyTorch up to 0.1: a tar archive of pickles and numbers.
 *
 * <pre>
 * storages: count | for each: (key, location, type), numbers in it (8 bytes), numbers | list of parts (key, key of the whole, offset, numbers)
 * tensors:  count | for each: (key, key of the storage, type), axes (8 bytes), sizes, strides, offset (8 bytes each)
 * pickle:   the value, whose persistent ids are keys of both
 * </pre>
 */
final class TarModel implements Storages {

    private final Map<String, Object> values = new HashMap<>();
    private final Map<String, ByteRange> numbers = new HashMap<>();

    private TarModel() {}

    static Object read(TarFile tar, PickleRun run) throws IOException {
        var model = new TarModel();
        model.readStorages(new PickleInput(tar.entry("storages"), "tar entry storages", run));
        model.readTensors(new PickleInput(tar.entry("tensors"), "tar entry tensors", run));
        var pickle = new PickleInput(tar.entry("pickle"), "tar entry pickle", run);
        var root = PickleMachine.load(pickle, model::load, ArrayCalls::make);
        pickle.expectEnd();
        return root;
    }

    @Override
    public ByteRange storage(String key) throws ModelFormatException {
        return numbers.get(key);
    }

    @Override
    public ByteOrder order() {
        return ByteOrder.LITTLE_ENDIAN;
    }

    /** A key, or {@code (class, source file, source)}, which stands for the class. */
    private Object load(Object id, PickleInput at) throws ModelFormatException {
        if (id instanceof PySequence list) {
            return list.get(0);
        }
        var value = values.get(id.toString());
        if (value == null) {
            throw at.malformed("expected the key of a tensor or storage, got " + id);
        }
        return value;
    }

    private void readStorages(PickleInput in) throws IOException {
        long count = count(in);
        for (long i = 0; i < count; i++) {
            var key = triple(in, "(key, location, type) of a storage");
            if (!(key.get(2) instanceof PyGlobal type)) {
                throw in.malformed("expected the type of a storage");
            }
            long size = PyStorage.typeOf(type).sizeBytes();
            long stated = in.i64();
            long left = in.source().sizeBytes() - in.position();
            if (stated < 0 || stated > left / size) {
                throw in.malformed("storage " + key.get(0) + ": expected " + stated + " numbers of " + size
                        + " bytes, there are " + left + " bytes,");
            }
            var name = key.get(0).toString();
            numbers.put(name, in.take(stated * size));
            values.put(name, new PyStorage(this, name, PyStorage.typeOf(type), 0, stated));
        }
        readParts(in);
        in.expectEnd();
    }

    private void readParts(PickleInput in) throws IOException {
        if (!(PickleMachine.load(in) instanceof PySequence parts)) {
            throw in.malformed("expected a list of parts of storages");
        }
        for (var item : parts.items()) {
            if (!(item instanceof PySequence part)
                    || !(values.get(part.get(1).toString()) instanceof PyStorage whole)) {
                throw in.malformed("expected (key, key of the whole, offset, numbers) of a part of a storage");
            }
            values.put(part.get(0).toString(), whole.part(part.get(2), part.get(3), in));
        }
    }

    private void readTensors(PickleInput in) throws IOException {
        long count = count(in);
        for (long i = 0; i < count; i++) {
            var key = triple(in, "(key, key of the storage, type) of a tensor");
            if (!(values.get(key.get(1).toString()) instanceof PyStorage storage)) {
                throw in.malformed("tensor " + key.get(0) + ": there is no storage " + key.get(1));
            }
            int axes = in.i32();
            in.i32();
            if (axes < 0 || axes > PyTensor.MAX_AXES) {
                throw in.malformed(
                        "tensor " + key.get(0) + ": expected at most " + PyTensor.MAX_AXES + " axes, got " + axes);
            }
            var sizes = longs(in, axes);
            var strides = longs(in, axes);
            values.put(key.get(0).toString(), new PyView(storage, in.i64(), sizes, strides));
        }
        in.expectEnd();
    }

    private static List<Long> longs(PickleInput in, int count) throws IOException {
        var longs = new ArrayList<Long>();
        for (int i = 0; i < count; i++) {
            longs.add(in.i64());
        }
        return List.copyOf(longs);
    }

    private static long count(PickleInput in) throws IOException {
        if (PickleMachine.load(in) instanceof Long count) {
            return count;
        }
        throw in.malformed("expected a count");
    }

    private static PySequence triple(PickleInput in, String what) throws IOException {
        if (PickleMachine.load(in) instanceof PySequence triple
                && triple.items().size() == 3) {
            return triple;
        }
        throw in.malformed("expected " + what);
    }
}
