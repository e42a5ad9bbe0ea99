package io.weighbridge.hasher.format.onnx;

import io.weighbridge.hasher.format.ElementType;
import io.weighbridge.hasher.format.ModelFormatException;
import io.weighbridge.hasher.format.Shapes;
import io.weighbridge.hasher.format.StoredTensor;
import io.weighbridge.hasher.format.TensorData;
import java.io.IOException;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** A TensorProto: name, shape, type and where its numbers are. Two tensors are never equal. */
final class OnnxTensor {

    private static final int MAX_RANK = 32;
    /** Writers pack lists of numbers into one run; a run for each number would fill the memory. */
    private static final int MAX_RUNS = 1 << 16;

    private static final Map<Integer, ElementType> TYPES = Map.ofEntries(
            Map.entry(1, ElementType.F32),
            Map.entry(2, ElementType.U8),
            Map.entry(3, ElementType.I8),
            Map.entry(4, ElementType.U16),
            Map.entry(5, ElementType.I16),
            Map.entry(6, ElementType.I32),
            Map.entry(7, ElementType.I64),
            Map.entry(9, ElementType.BOOL),
            Map.entry(10, ElementType.F16),
            Map.entry(11, ElementType.F64),
            Map.entry(12, ElementType.U32),
            Map.entry(13, ElementType.U64),
            Map.entry(14, ElementType.COMPLEX64),
            Map.entry(15, ElementType.COMPLEX128),
            Map.entry(16, ElementType.BF16),
            Map.entry(17, ElementType.F8_E4M3),
            Map.entry(19, ElementType.F8_E5M2));

    private final List<Long> sizes = new ArrayList<>();
    private final List<Span> runs = new ArrayList<>();
    private final ByteWindow window;
    private String name = "";
    private int dataType;
    private boolean isRaw;
    private boolean isVarints;
    private boolean isExternal;

    private OnnxTensor(ByteWindow window) {
        this.window = window;
    }

    /** Reads all but the numbers. */
    static OnnxTensor read(MessageReader message, ByteWindow window) throws IOException {
        var tensor = new OnnxTensor(window);
        while (message.next()) {
            tensor.readField(message);
        }
        return tensor;
    }

    /** Gives a name to a tensor that was stored without. */
    void nameIfNone(String newName) {
        name = name.isEmpty() ? newName : name;
    }

    void rename(String newName) {
        name = newName;
    }

    String name() {
        return name;
    }

    boolean isExternal() {
        return isExternal;
    }

    long[] shape() {
        return sizes.stream().mapToLong(Long::longValue).toArray();
    }

    long numbers() throws ModelFormatException {
        return Shapes.numbers(name, shape());
    }

    /** Types without a fixed size, such as strings and 4-bit numbers, are counted as booleans are. */
    ElementType type() {
        return TYPES.getOrDefault(dataType, ElementType.BOOL);
    }

    /** The numbers of a floating-point tensor, once their place was found to hold as many as the shape says. */
    TensorData data() throws IOException {
        return isVarints && !isRaw ? varints() : stored();
    }

    private TensorData stored() throws ModelFormatException {
        long bytes = runs.stream().mapToLong(Span::length).sum();
        long expected = Shapes.numbers(name, numbers(), type().sizeBytes());
        if (bytes != expected) {
            throw ModelFormatException.malformed("tensor " + name + ": expected " + expected + " bytes for shape "
                    + Arrays.toString(shape()) + " and type " + type() + ", got " + bytes);
        }
        var parts = new ArrayList<StoredTensor>();
        for (var run : runs) {
            if (run.length() % type().sizeBytes() != 0) {
                throw ModelFormatException.malformed("tensor " + name + ": expected runs of whole numbers, got "
                        + run.length() + " bytes for type " + type());
            }
            long count = run.length() / type().sizeBytes();
            parts.add(new StoredTensor(window.file(), run.offset(), count, type(), ByteOrder.LITTLE_ENDIAN));
        }
        return parts.size() == 1 ? parts.get(0) : new JoinedTensor(parts);
    }

    private TensorData varints() throws IOException {
        if (type().sizeBytes() > Short.BYTES) {
            throw ModelFormatException.malformed("tensor " + name + ": expected no int32_data for type " + type());
        }
        try {
            return VarintTensor.find(type(), numbers(), runs, window);
        } catch (ModelFormatException e) {
            throw e.in("tensor " + name);
        }
    }

    private void readField(MessageReader message) throws IOException {
        switch (message.field()) {
            case 1 -> readSizes(message);
            case 2 -> dataType = (int) number(message);
            case 4, 10 -> addRun(message);
            case 5 -> {
                isVarints = true;
                addRun(message);
            }
            case 8 -> name = message.wireType() == MessageReader.LENGTH ? message.text() : name;
            case 9 -> {
                isRaw = true;
                runs.clear();
                addRun(message);
            }
            case 3 -> throw ModelFormatException.unsupported("tensor " + name + ": segments are not read");
            case 13 -> {
                isExternal = true;
                message.skip();
            }
            case 14 -> isExternal |= number(message) == 1;
            default -> message.skip();
        }
    }

    private long number(MessageReader message) throws IOException {
        if (message.wireType() != MessageReader.VARINT) {
            throw ModelFormatException.malformed("tensor " + name + ": expected a number in field " + message.field());
        }
        return message.varint();
    }

    private void readSizes(MessageReader message) throws IOException {
        if (message.wireType() == MessageReader.VARINT) {
            addSize(message.varint());
            return;
        }
        var packed = message.span();
        var sizesReader = new MessageReader(window, packed);
        while (sizesReader.hasMore()) {
            addSize(sizesReader.varint());
        }
    }

    private void addSize(long size) throws ModelFormatException {
        if (sizes.size() == MAX_RANK) {
            throw ModelFormatException.malformed("tensor " + name + ": expected at most " + MAX_RANK + " sizes");
        }
        sizes.add(size);
    }

    private void addRun(MessageReader message) throws IOException {
        if (runs.size() == MAX_RUNS) {
            throw ModelFormatException.tooLarge(
                    "tensor " + name + ": its numbers lie in more than " + MAX_RUNS + " runs");
        }
        switch (message.wireType()) {
            case MessageReader.LENGTH -> runs.add(message.span());
            case MessageReader.VARINT -> {
                long start = message.position();
                message.varint();
                runs.add(new Span(start, message.position() - start));
            }
            default -> runs.add(message.fixed());
        }
    }
}
