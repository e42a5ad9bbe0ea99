package io.weighbridge.hasher.format.pytorch;

import io.weighbridge.hasher.format.ModelBytes;
import io.weighbridge.hasher.format.ModelFormat;
import io.weighbridge.hasher.format.ModelFormatException;
import io.weighbridge.hasher.format.ModelWeights;
import io.weighbridge.hasher.format.ReadLimits;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * A {@code .distcp} of {@code torch.distributed.checkpoint}: what {@code torch.save} wrote of each piece, one zip archive behind the other. Names and places are
 * in the {@code .metadata} beside it, by which it is read; by itself it is not.
 */
public final class DistributedShard implements ModelFormat {

    private static final int LOCAL_HEADER = 0x04034b50;
    private static final int NAME_AT = 30;
    private static final int LENGTH_OF_NAME_AT = 26;
    private static final String PICKLE = "data.pkl";
    private static final int PEEK_BYTES = 256;

    /** The last record of an archive without comment: its directory's size at 12, and where that begins at 16. */
    private static final int END = 0x06054b50;

    private static final int END_BYTES = 22;

    /** PyTorch writes the larger form of the record too, of 56 bytes with size at 40 and place at 48, and 20 bytes that tell where it lies. */
    private static final int END_64 = 0x06064b50;

    private static final int END_64_BYTES = 56;
    private static final int LOCATOR_BYTES = 20;

    @Override
    public String id() {
        return DistributedFormat.ID;
    }

    @Override
    public boolean recognises(ModelBytes file, ReadLimits limits) throws IOException {
        long last = startOfLastArchive(file);
        return last > 0 && beginsAsTorchSave(file, 0) && beginsAsTorchSave(file, last);
    }

    @Override
    public ModelWeights read(ModelBytes file, ReadLimits limits) throws IOException {
        throw ModelFormatException.unsupported(
                "several files of torch.save behind each other, as torch.distributed.checkpoint writes them (.distcp):"
                        + " read by the .metadata beside it, which was not given or does not name it");
    }

    private static boolean beginsAsTorchSave(ModelBytes file, long at) throws IOException {
        var start = file.peek(at, PEEK_BYTES);
        if (start.remaining() < NAME_AT || start.getInt(0) != LOCAL_HEADER) {
            return false;
        }
        int length = start.getShort(LENGTH_OF_NAME_AT) & 0xffff;
        if (length > start.remaining() - NAME_AT) {
            return false;
        }
        var name = StandardCharsets.ISO_8859_1.decode(start.slice(NAME_AT, length));
        return name.toString().endsWith(PICKLE);
    }

    /** Where the archive begins that the file ends with, by the size of its directory and what lies before that; -1 if it does not end with one. */
    private static long startOfLastArchive(ModelBytes file) throws IOException {
        long endAt = file.sizeBytes() - END_BYTES;
        var end = record(file, endAt, END_BYTES, END);
        if (end == null) {
            return -1;
        }
        long largeAt = endAt - LOCATOR_BYTES - END_64_BYTES;
        var large = record(file, largeAt, END_64_BYTES, END_64);
        return large == null
                ? endAt - Integer.toUnsignedLong(end.getInt(12)) - Integer.toUnsignedLong(end.getInt(16))
                : largeAt - large.getLong(40) - large.getLong(48);
    }

    /** Null if there is no such record. */
    private static ByteBuffer record(ModelBytes file, long at, int length, int signature) throws IOException {
        if (at < 0) {
            return null;
        }
        var bytes = file.read(at, length, "end of the archive");
        return bytes.getInt(0) == signature ? bytes : null;
    }
}
