package io.weighbridge.hasher.format.keras;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The type that Keras stores bfloat16 as: opaque, two bytes, without a tag. HDF5 allows it, but the HDF5 library fails on it, and with it on the whole
 * header of a dataset. So the library is given a text of two bytes instead, which takes the same place:
 *
 * <pre>0 class 5, version 1 | 1 length of the tag, 0 | 2 zero | 4 size, 2 bytes</pre>
 *
 * <p>behind the prefix of a header's message: type 3, 8 bytes of it, flags, three zeros. Numbers of layers are not read through the library unless they
 * lie in chunks, and hardly ever hold these 16 bytes.
 */
final class UntaggedOpaque {

    private static final long MESSAGE = 0x0000_0000_0008_0003L;
    private static final long FLAGS = 0x0000_00ff_0000_0000L;
    private static final long OPAQUE = 0x0000_0002_0000_0015L;
    private static final byte TEXT = 0x13;

    /** A header of a dataset has 64 KiB at most; what is read in larger pieces holds none. */
    private static final int MAX_BYTES = 1 << 16;

    private UntaggedOpaque() {}

    /** Has such types among the bytes from {@code start} to {@code end} be texts. */
    static void hide(ByteBuffer bytes, int start, int end) {
        if (end - start > MAX_BYTES) {
            return;
        }
        var little = bytes.duplicate().order(ByteOrder.LITTLE_ENDIAN);
        for (int at = start; at + 2 * Long.BYTES <= end; at++) {
            if (little.get(at) == 3
                    && (little.getLong(at) & ~FLAGS) == MESSAGE
                    && little.getLong(at + Long.BYTES) == OPAQUE) {
                bytes.put(at + Long.BYTES, TEXT);
            }
        }
    }
}
