package io.weighbridge.hasher.format.tensorflow;

import io.weighbridge.hasher.format.ModelFormatException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * What a checkpoint's index says of all its tensors, under the empty key.
 *
 * @param shards number of data files
 * @param order of the bytes of a number
 */
record BundleHeader(int shards, ByteOrder order) {

    private static final int MAX_SHARDS = 99_999;

    /** The version of the layout that is read; an index may demand a later one of its readers. */
    private static final long VERSION = 1;

    static final int MAX_START_BYTES = 64;

    /** Whether a table that is not compressed begins with a header: no key, and a value that starts with the number of shards. */
    static boolean isFirstOf(ByteBuffer start) {
        int valueAt = 3;
        if (start.remaining() <= valueAt || start.getShort(0) != 0 || start.get(valueAt) != 8) {
            return false;
        }
        int valueBytes = start.get(2);
        if (valueBytes < 2 || valueBytes > start.remaining() - valueAt) {
            return false;
        }
        try {
            parse(start.slice(valueAt, valueBytes));
            return true;
        } catch (ModelFormatException e) {
            return false;
        }
    }

    static BundleHeader parse(ByteBuffer value) throws ModelFormatException {
        var message = new Message(value, "checkpoint header");
        long shards = 0;
        long endianness = 0;
        while (message.next()) {
            switch (message.field()) {
                case 1 -> shards = message.number();
                case 2 -> endianness = message.number();
                case 3 -> checkVersion(message.message());
                default -> message.skip();
            }
        }
        if (shards < 1 || shards > MAX_SHARDS) {
            throw ModelFormatException.malformed(
                    "checkpoint header: expected 1 to " + MAX_SHARDS + " shards, got " + shards);
        }
        if (endianness != 0 && endianness != 1) {
            throw ModelFormatException.malformed("checkpoint header: expected endianness 0 or 1, got " + endianness);
        }
        return new BundleHeader((int) shards, endianness == 0 ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
    }

    private static void checkVersion(Message version) throws ModelFormatException {
        while (version.next()) {
            if (version.field() != 2) {
                version.skip();
                continue;
            }
            long minConsumer = version.number();
            if (minConsumer > VERSION) {
                throw ModelFormatException.unsupported(
                        "a TensorFlow checkpoint for readers of version " + minConsumer + ", not " + VERSION);
            }
        }
    }
}
