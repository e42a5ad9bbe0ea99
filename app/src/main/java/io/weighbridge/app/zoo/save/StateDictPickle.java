package io.weighbridge.app.zoo.save;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The pickle, protocol 2, of {@code OrderedDict([(name, tensor), ...])}. A tensor is {@code torch._utils._rebuild_tensor_v2(storage, 0,
 * sizes, strides, False, OrderedDict())}, its storage the persistent id {@code ('storage', type, key, 'cpu', numbers)} with the tensor's
 * place in the list as the key.
 */
final class StateDictPickle {

    private static final int PROTOCOL = 0x80;
    private static final int FALSE = 0x89;
    private static final int LONG = 0x8a;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final String storageType;

    private StateDictPickle(Precision precision) {
        this.storageType = switch (precision) {
            case F32 -> "FloatStorage";
            case F16 -> "HalfStorage";
            case BF16 -> "BFloat16Storage";
        };
    }

    static ByteBuffer of(List<SavedTensor> tensors, Precision precision) {
        var pickle = new StateDictPickle(precision);
        pickle.opcodes(PROTOCOL, 2);
        pickle.orderedDict();
        pickle.opcodes('(');
        for (int i = 0; i < tensors.size(); i++) {
            pickle.text(tensors.get(i).name());
            pickle.tensor(tensors.get(i), Integer.toString(i));
        }
        pickle.opcodes('u', '.');
        return ByteBuffer.wrap(pickle.out.toByteArray());
    }

    private void tensor(SavedTensor tensor, String key) {
        global("torch._utils", "_rebuild_tensor_v2");
        opcodes('(');
        storage(tensor, key);
        integer(0);
        tuple(tensor.shape());
        tuple(strides(tensor.shape()));
        opcodes(FALSE);
        orderedDict();
        opcodes('t', 'R');
    }

    private void storage(SavedTensor tensor, String key) {
        opcodes('(');
        text("storage");
        global("torch", storageType);
        text(key);
        text("cpu");
        integer(tensor.size());
        opcodes('t', 'Q');
    }

    private void orderedDict() {
        global("collections", "OrderedDict");
        opcodes(')', 'R');
    }

    private void tuple(long... values) {
        opcodes('(');
        for (long value : values) integer(value);
        opcodes('t');
    }

    private void integer(long value) {
        opcodes(LONG, Long.BYTES);
        out.writeBytes(littleEndian(Long.BYTES).putLong(value).array());
    }

    private void text(String text) {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        opcodes('X');
        out.writeBytes(littleEndian(Integer.BYTES).putInt(bytes.length).array());
        out.writeBytes(bytes);
    }

    private void global(String module, String name) {
        out.writeBytes(("c" + module + "\n" + name + "\n").getBytes(StandardCharsets.US_ASCII));
    }

    private void opcodes(int... opcodes) {
        for (int opcode : opcodes) out.write(opcode);
    }

    private static long[] strides(long[] shape) {
        var strides = new long[shape.length];
        long stride = 1;
        for (int axis = shape.length - 1; axis >= 0; axis--) {
            strides[axis] = stride;
            stride *= shape[axis];
        }
        return strides;
    }

    private static ByteBuffer littleEndian(int size) {
        return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    }
}
