package io.weighbridge.hasher.format.protobuf;

import io.weighbridge.hasher.format.StoredTensor;
import io.weighbridge.hasher.format.TensorData;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/** The numbers of several tensors, one after the other. */
public final class JoinedTensor implements TensorData {

    private final List<StoredTensor> parts;
    /** The place of the first number of each part among all; each is greater than the one before. */
    private final long[] starts;

    public JoinedTensor(List<StoredTensor> all) {
        this.parts = all.stream().filter(part -> part.numbers() > 0).toList();
        this.starts = new long[parts.size()];
        for (int i = 1; i < starts.length; i++) {
            starts[i] = starts[i - 1] + parts.get(i - 1).numbers();
        }
    }

    @Override
    public void read(long from, int count, float[] target, int at) throws IOException {
        int found = Arrays.binarySearch(starts, from);
        int part = found >= 0 ? found : -found - 2;
        int length;
        for (int done = 0; done < count; done += length) {
            long begun = from + done - starts[part];
            length = (int) Math.min(count - done, parts.get(part).numbers() - begun);
            parts.get(part++).read(begun, length, target, at + done);
        }
    }
}
