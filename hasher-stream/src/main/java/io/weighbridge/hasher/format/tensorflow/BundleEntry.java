package io.weighbridge.hasher.format.tensorflow;

import io.weighbridge.hasher.format.ElementType;
import io.weighbridge.hasher.format.ModelFormatException;
import io.weighbridge.hasher.format.Shapes;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What a checkpoint's index says of one tensor. */
final class BundleEntry {

    /** TensorFlow allows 254 sizes. */
    private static final int MAX_RANK = 254;

    private static final int STRING = 7;

    private final String name;
    private final List<Long> sizes = new ArrayList<>();
    private long dataType;
    private long shard;
    private long offsetBytes;
    private long sizeBytes;
    private int crc;
    private boolean isSliced;

    private BundleEntry(String name) {
        this.name = name;
    }

    static BundleEntry parse(String name, ByteBuffer value) throws ModelFormatException {
        var entry = new BundleEntry(name);
        var message = new Message(value, "tensor " + name);
        while (message.next()) {
            entry.readField(message);
        }
        entry.checkPlace();
        return entry;
    }

    private void readField(Message message) throws ModelFormatException {
        switch (message.field()) {
            case 1 -> dataType = message.number();
            case 2 -> readShape(message.message());
            case 3 -> shard = message.number();
            case 4 -> offsetBytes = message.number();
            case 5 -> sizeBytes = message.number();
            case 6 -> crc = message.fixed32();
            case 7 -> {
                isSliced = true;
                message.skip();
            }
            default -> message.skip();
        }
    }

    private void readShape(Message shape) throws ModelFormatException {
        while (shape.next()) {
            if (shape.field() == 2) {
                addSize(shape.message());
            } else {
                shape.skip();
            }
        }
    }

    /** A size of 0 is left out by protocol buffers. */
    private void addSize(Message dimension) throws ModelFormatException {
        if (sizes.size() == MAX_RANK) {
            throw ModelFormatException.malformed("tensor " + name + ": expected at most " + MAX_RANK + " sizes");
        }
        long size = 0;
        while (dimension.next()) {
            if (dimension.field() == 1) {
                size = dimension.number();
            } else {
                dimension.skip();
            }
        }
        sizes.add(size);
    }

    /** Numbers are as many bytes as the shape says; texts are not known by it, and slices lie under keys of their own. */
    private void checkPlace() throws ModelFormatException {
        if (offsetBytes < 0 || sizeBytes < 0 || Long.MAX_VALUE - offsetBytes < sizeBytes) {
            throw ModelFormatException.malformed("tensor " + name + ": expected a place of at most 2^63 bytes, got "
                    + Long.toUnsignedString(sizeBytes) + " bytes at byte " + Long.toUnsignedString(offsetBytes));
        }
        var type = DataTypes.of(dataType);
        long expected = !DataTypes.isKnown(dataType) || isSliced
                ? sizeBytes
                : Shapes.numbers(name, numbers(), type.sizeBytes());
        if (sizeBytes != expected) {
            throw ModelFormatException.malformed("tensor " + name + ": expected " + expected + " bytes for shape "
                    + Arrays.toString(shape()) + " and type " + type + ", got " + sizeBytes);
        }
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

    /** Types that are not known are counted as booleans are. */
    ElementType type() {
        return DataTypes.of(dataType);
    }

    boolean isText() {
        return dataType == STRING;
    }

    /** Whether the tensor lies in pieces, as large variables of parameter servers do. */
    boolean isSliced() {
        return isSliced;
    }

    long shard() {
        return shard;
    }

    long offsetBytes() {
        return offsetBytes;
    }

    long sizeBytes() {
        return sizeBytes;
    }

    long endBytes() {
        return offsetBytes + sizeBytes;
    }

    /** Masked. */
    int crc() {
        return crc;
    }
}
