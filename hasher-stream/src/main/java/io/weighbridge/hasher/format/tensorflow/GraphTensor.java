package io.weighbridge.hasher.format.tensorflow;

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

/**
 * A TensorProto of TensorFlow: its type, shape and where its numbers are; {@code tensor.proto} names the fields. Two tensors are never equal.
 *
 * <p>Numbers lie as bytes in {@code tensor_content}, or in the repeated field of their type, which may end early: the last one then stands for all that
 * are left.
 */
final class GraphTensor {

    private static final int MAX_RANK = 254;

    private final ByteWindow window;
    private final List<Long> sizes = new ArrayList<>();
    private final Runs content = new Runs();
    private final Runs values = new Runs();
    private long dataType;
    private boolean isVarints;

    private GraphTensor(ByteWindow window) {
        this.window = window;
    }

    /** Reads all but the numbers. */
    static GraphTensor read(MessageReader message, ByteWindow window) throws IOException {
        var tensor = new GraphTensor(window);
        while (message.next()) {
            tensor.readField(message);
        }
        return tensor;
    }

    private void readField(MessageReader message) throws IOException {
        boolean isVarint = message.wireType() == MessageReader.VARINT;
        switch (message.field()) {
            case 1 -> {
                if (isVarint) {
                    dataType = message.varint();
                } else {
                    message.skip();
                }
            }
            case 2 -> readShape(message.message(), sizes);
            case 4 -> {
                content.clear();
                content.add(message);
            }
            case 5, 6 -> values.add(message);
            case 7, 10, 13, 16, 17 -> {
                isVarints = true;
                values.add(message);
            }
            default -> message.skip();
        }
    }

    /** Adds the sizes of a TensorShapeProto, -1 for those that are not known. A size of 0 is left out by protocol buffers. */
    static void readShape(MessageReader shape, List<Long> sizes) throws IOException {
        while (shape.next()) {
            if (!shape.is(2, MessageReader.LENGTH)) {
                shape.skip();
                continue;
            }
            if (sizes.size() == MAX_RANK) {
                throw ModelFormatException.malformed("shape: expected at most " + MAX_RANK + " sizes");
            }
            long size = 0;
            var dimension = shape.message();
            while (dimension.next()) {
                if (dimension.is(1, MessageReader.VARINT)) {
                    size = dimension.varint();
                } else {
                    dimension.skip();
                }
            }
            sizes.add(size);
        }
    }

    ElementType type() {
        return DataTypes.of(dataType);
    }

    long dataType() {
        return dataType;
    }

    long[] shape() {
        return sizes.stream().mapToLong(Long::longValue).toArray();
    }

    long numbers(String name) throws ModelFormatException {
        return Shapes.numbers(name, shape());
    }

    /** The numbers, once their place was found to hold as many as the shape says. Relies on: the type is real, and there are some. */
    TensorData data(String name) throws IOException {
        try {
            long numbers = numbers(name);
            if (content.bytes() > 0) {
                long expected = Shapes.numbers(name, numbers, type().sizeBytes());
                if (content.bytes() != expected) {
                    throw ModelFormatException.malformed("expected " + expected + " bytes for shape "
                            + Arrays.toString(shape()) + " and type " + type() + ", got " + content.bytes());
                }
                return content.inPlace(type(), window.file());
            }
            return isVarints ? varints(numbers) : fixed(numbers);
        } catch (ModelFormatException e) {
            throw e.in("tensor " + name);
        }
    }

    private TensorData varints(long numbers) throws IOException {
        if (type().isFloating() && type().sizeBytes() > Short.BYTES) {
            throw ModelFormatException.malformed("expected no varints for type " + type());
        }
        long stored = VarintTensor.count(values.spans(), window);
        checkStored(stored, numbers);
        return filled(VarintTensor.find(type(), stored, values.spans(), window), stored, numbers);
    }

    private TensorData fixed(long numbers) throws IOException {
        long stored = values.bytes() / type().sizeBytes();
        checkStored(stored, numbers);
        return filled(values.inPlace(type(), window.file()), stored, numbers);
    }

    private void checkStored(long stored, long numbers) throws ModelFormatException {
        if (stored < 1 || stored > numbers) {
            throw ModelFormatException.malformed("expected from 1 to " + numbers + " numbers for shape "
                    + Arrays.toString(shape()) + " and type " + type() + ", got " + stored);
        }
    }

    private static TensorData filled(TensorData data, long stored, long numbers) throws IOException {
        if (stored == numbers) {
            return data;
        }
        var last = new float[1];
        data.read(stored - 1, 1, last, 0);
        return (from, count, target, at) -> {
            int there = (int) Math.max(0, Math.min(count, stored - from));
            if (there > 0) {
                data.read(from, there, target, at);
            }
            Arrays.fill(target, at + there, at + count, last[0]);
        };
    }
}
