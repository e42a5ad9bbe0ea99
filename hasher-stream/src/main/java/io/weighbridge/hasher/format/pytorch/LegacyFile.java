package io.weighbridge.hasher.format.pytorch;

import io.weighbridge.hasher.format.ByteRange;
import io.weighbridge.hasher.format.ModelFormatException;
import io.weighbridge.hasher.format.pickle.PickleInput;
import io.weighbridge.hasher.format.pickle.PickleMachine;
import io.weighbridge.hasher.format.pickle.PickleRun;
import io.weighbridge.hasher.format.pickle.PySequence;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.Map;

/**
 * PyTorch before 1.6: pickles and numbers one after the other.
 *
 * <pre>
 * magic number | protocol version | facts about the system | the value, storages as persistent ids
 * | list of keys | for each key: count (8 bytes), numbers
 * </pre>
 *
 * The numbers are little-endian whatever the facts about the system say: PyTorch writes them so on every machine, and reads them so.
 */
final class LegacyFile implements Storages {

    private static final BigInteger MAGIC = new BigInteger("1950a86a20f9469cfc6c", 16);
    private static final long PROTOCOL = 1001;

    private final PickleInput input;
    private final Map<String, PyStorage> roots = new HashMap<>();
    private final Map<String, ByteRange> numbers = new HashMap<>();

    private LegacyFile(PickleInput input) {
        this.input = input;
    }

    /** Whether the next pickle of the input is the magic number. */
    static boolean begins(PickleInput input) throws IOException {
        try {
            return MAGIC.equals(PickleMachine.load(input));
        } catch (ModelFormatException e) {
            return false;
        }
    }

    /** The value in a file, to whose end it goes. */
    static Object read(ByteRange bytes, String subject, PickleRun run) throws IOException {
        var file = new LegacyFile(new PickleInput(bytes, subject, run));
        file.expect("magic number", MAGIC);
        file.expect("protocol version", PROTOCOL);
        PickleMachine.load(file.input);
        var root = PickleMachine.load(file.input, file::load, ArrayCalls::make);
        file.readStorages();
        file.input.expectEnd();
        return root;
    }

    @Override
    public ByteRange storage(String key) throws ModelFormatException {
        var found = numbers.get(key);
        if (found == null) {
            throw ModelFormatException.malformed("storage " + key + ": the file has no numbers for it");
        }
        return found;
    }

    @Override
    public ByteOrder order() {
        return ByteOrder.LITTLE_ENDIAN;
    }

    private void expect(String what, Object expected) throws IOException {
        long at = input.position();
        var got = PickleMachine.load(input);
        if (!expected.equals(got)) {
            throw ModelFormatException.malformed(what + " at byte " + at + ": expected " + expected + ", got " + got);
        }
    }

    /**
     * {@code ('storage', type, key, location, numbers, part)}, where the part is None or {@code (key, offset, numbers)}; or {@code
     * ('module', class, source file, source)}, which stands for the class.
     */
    private Object load(Object id, PickleInput at) throws IOException {
        if (id instanceof PySequence list && list.get(0).equals("module")) {
            return list.get(1);
        }
        var root = PyStorage.of(id, this, at);
        var known = roots.putIfAbsent(root.key(), root);
        if (known != null && !known.equals(root)) {
            throw at.malformed("storage " + root.key() + ": expected " + known.numbers() + " numbers of " + known.type()
                    + " as before, got " + root.numbers() + " of " + root.type());
        }
        var part = ((PySequence) id).get(5);
        return part instanceof PySequence view ? root.part(view.get(1), view.get(2), at) : root;
    }

    private void readStorages() throws IOException {
        if (!(PickleMachine.load(input) instanceof PySequence keys)) {
            throw input.malformed("expected a list of the keys of storages");
        }
        for (var key : keys.items()) {
            var root = roots.get(String.valueOf(key));
            if (root == null) {
                throw input.malformed("storage " + key + ": expected the key of a storage of the value");
            }
            long at = input.position();
            long count = input.i64();
            if (count != root.numbers()) {
                throw ModelFormatException.malformed("storage " + key + " at byte " + at + ": expected "
                        + root.numbers() + " numbers, got " + count);
            }
            numbers.put(root.key(), take(root, at));
        }
    }

    private ByteRange take(PyStorage root, long at) throws ModelFormatException {
        long left = input.source().sizeBytes() - input.position();
        int size = root.type().sizeBytes();
        if (root.numbers() < 0 || root.numbers() > left / size) {
            throw ModelFormatException.malformed("storage " + root.key() + " at byte " + at + ": expected "
                    + root.numbers() + " numbers of " + size + " bytes, the file has " + left + " more bytes");
        }
        return input.take(root.numbers() * size);
    }
}
