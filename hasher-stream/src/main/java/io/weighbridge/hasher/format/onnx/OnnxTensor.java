package io.weighbridge.hasher.format.onnx;

import io.weighbridge.hasher.format.ElementType;
import io.weighbridge.hasher.format.ModelFormatException;
import io.weighbridge.hasher.format.Shapes;
import io.weighbridge.hasher.format.TensorData;
import io.weighbridge.hasher.format.protobuf.ByteWindow;
import io.weighbridge.hasher.format.protobuf.MessageReader;
import io.weighbridge.hasher.format.protobuf.Runs;
import io.weighbridge.hasher.format.protobuf.VarintTensor;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A TensorProto: name, shape, type and where its numbers are. Two tensors are never equal. */
final class OnnxTensor {

    private static final int MAX_RANK = 32;

    private final List<Long> sizes = new ArrayList<>();
    private final Runs runs = new Runs();
    private final ByteWindow window;
    private String name = "";
    private int dataType;
    private boolean isRaw;
    private boolean isVarints;
    private boolean isExternal;
    private final ExternalPlace external = new ExternalPlace();

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

    /** A list of numbers that is no TensorProto; its numbers are then added. */
    static OnnxTensor list(ByteWindow window) {
        return new OnnxTensor(window);
    }

    /** Adds numbers of a list: 4 bytes each for floats, varints for whole numbers. */
    void addNumbers(MessageReader message, int type) throws IOException {
        dataType = type;
        isVarints = type == OnnxType.INT64;
        addRun(message);
    }

    /** The list with the shape of one: as many as were added. */
    OnnxTensor asList() throws IOException {
        long count = runs.bytes() / Float.BYTES;
        sizes.clear();
        sizes.add(isVarints ? VarintTensor.count(runs.spans(), window) : count);
        return this;
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

    long[] shape() {
        return sizes.stream().mapToLong(Long::longValue).toArray();
    }

    long numbers() throws ModelFormatException {
        return Shapes.numbers(name, shape());
    }

    OnnxType type() {
        return OnnxType.of(dataType);
    }

    /** The numbers, once their place was found to hold as many as the shape says. Relies on: the type is real. */
    TensorData data(ExternalFiles files) throws IOException {
        try {
            var bytes = isExternal
                    ? files.find(external, storedBytes(), stored())
                    : isVarints && !isRaw ? varints() : inPlace();
            return type().unpacked(bytes);
        } catch (ModelFormatException e) {
            throw e.in("tensor " + name);
        }
    }

    /** Notes which bytes of another file are this tensor's. */
    void claim(ExternalFiles files) throws ModelFormatException {
        if (isExternal) {
            files.claim(external, storedBytes());
        }
    }

    private ElementType stored() {
        return type().stored();
    }

    private long storedBytes() throws ModelFormatException {
        return Shapes.numbers(name, type().storedNumbers(numbers()), stored().sizeBytes());
    }

    private TensorData inPlace() throws ModelFormatException {
        long bytes = runs.bytes();
        long expected = storedBytes();
        if (bytes != expected) {
            throw ModelFormatException.malformed("expected " + expected + " bytes for shape " + Arrays.toString(shape())
                    + " and type " + type() + ", got " + bytes);
        }
        return runs.inPlace(stored(), window.file());
    }

    private TensorData varints() throws IOException {
        if (stored().isFloating() && stored().sizeBytes() > Short.BYTES) {
            throw ModelFormatException.malformed("expected no int32_data for type " + type());
        }
        return VarintTensor.find(stored(), type().storedNumbers(numbers()), runs.spans(), window);
    }

    private void readField(MessageReader message) throws IOException {
        switch (message.field()) {
            case 1 -> readSizes(message);
            case 2 -> dataType = (int) number(message);
            case 4, 10 -> addRun(message);
            case 5, 7, 11 -> {
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
                external.readEntry(message.message());
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
        try {
            runs.add(message);
        } catch (ModelFormatException e) {
            throw e.in("tensor " + name);
        }
    }
}
