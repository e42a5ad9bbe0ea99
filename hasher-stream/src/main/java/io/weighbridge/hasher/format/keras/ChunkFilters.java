package io.weighbridge.hasher.format.keras;

import io.jhdf.filter.PipelineFilterWithData;
import io.weighbridge.hasher.format.ModelFormatException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Undoes the filters of a chunk: deflate, shuffle and Fletcher-32, each at most once. Takes no more memory than the chunk as it lies in the
 * file and twice what it should come to. Checksums are passed over.
 */
final class ChunkFilters {

    private static final int DEFLATE = 1;
    private static final int SHUFFLE = 2;
    private static final int FLETCHER32 = 3;
    private static final int CHECKSUM_BYTES = 4;

    private final String tensor;
    /** In the order in which they are undone. */
    private final int[] ids;

    private final int shuffledBytes;

    /**
     * @param pipeline as they were applied
     * @throws ModelFormatException UNSUPPORTED for other filters, or one that is applied twice
     */
    ChunkFilters(String tensor, List<PipelineFilterWithData> pipeline) throws ModelFormatException {
        this.tensor = tensor;
        this.ids = new int[pipeline.size()];
        int shuffled = 1;
        var known = new HashSet<>(List.of(DEFLATE, SHUFFLE, FLETCHER32));
        for (int i = 0; i < ids.length; i++) {
            var filter = pipeline.get(i);
            ids[ids.length - 1 - i] = filter.getId();
            if (!known.remove(filter.getId())) {
                throw ModelFormatException.unsupported(
                        "HDF5, " + tensor + ": filter " + filter.getId() + " is not read, or applied twice");
            }
            if (filter.getId() == SHUFFLE) {
                shuffled = shuffledBytes(filter.getFilterData());
            }
        }
        this.shuffledBytes = shuffled;
    }

    /**
     * The bytes of a chunk before the filters.
     *
     * @param chunk as it lies in the file
     * @param length what they should come to; more is MALFORMED, less is returned
     */
    byte[] undo(ByteBuffer chunk, int length) throws ModelFormatException {
        var bytes = new byte[chunk.remaining()];
        chunk.get(bytes);
        for (int i = 0; i < ids.length; i++) {
            bytes = switch (ids[i]) {
                case DEFLATE -> inflated(bytes, length + checksumsBelow(i));
                case SHUFFLE -> shuffledBytes == 1 ? bytes : unshuffled(bytes);
                default -> Arrays.copyOf(bytes, Math.max(0, bytes.length - CHECKSUM_BYTES));
            };
        }
        return bytes;
    }

    private int checksumsBelow(int filter) {
        return Arrays.stream(ids, filter + 1, ids.length).anyMatch(id -> id == FLETCHER32) ? CHECKSUM_BYTES : 0;
    }

    private int shuffledBytes(int[] data) throws ModelFormatException {
        if (data.length == 0 || data[0] < 1) {
            throw malformed("expected a shuffle filter with a size > 0, got " + Arrays.toString(data));
        }
        return data[0];
    }

    private byte[] inflated(byte[] bytes, int length) throws ModelFormatException {
        var inflater = new Inflater();
        try {
            inflater.setInput(bytes);
            // One more than is expected tells that there is more.
            var all = new byte[length + 1];
            int filled = 0;
            while (!inflater.finished()) {
                int count = inflater.inflate(all, filled, all.length - filled);
                filled += count;
                if (count == 0 && !inflater.finished() || filled > length) {
                    throw malformed("a chunk does not inflate to at most " + length + " bytes");
                }
            }
            return Arrays.copyOf(all, filled);
        } catch (DataFormatException e) {
            throw malformed("a chunk does not inflate: " + e.getMessage());
        } finally {
            inflater.end();
        }
    }

    /** First all first bytes, then all second ones, and so on; what is over at the end stays. */
    private byte[] unshuffled(byte[] bytes) {
        int elements = bytes.length / shuffledBytes;
        var out = bytes.clone();
        int from = 0;
        for (int i = 0; i < shuffledBytes; i++) {
            for (int at = i; at < elements * shuffledBytes; at += shuffledBytes) {
                out[at] = bytes[from++];
            }
        }
        return out;
    }

    private ModelFormatException malformed(String message) {
        return ModelFormatException.malformed("HDF5, " + tensor + ": " + message);
    }
}
