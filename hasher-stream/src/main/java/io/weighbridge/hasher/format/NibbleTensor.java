package io.weighbridge.hasher.format;

import java.io.IOException;

/** Numbers of 4 bits, two in a byte, the first in the lower half. */
public final class NibbleTensor implements TensorData {

    private static final int CHUNK_BYTES = 1 << 14;

    private final TensorData bytes;
    private final float[] meanings;

    /**
     * @param bytes numbers from 0 to 255, half as many, rounded up
     * @param meanings what each of the 16 halves stands for
     */
    public NibbleTensor(TensorData bytes, float... meanings) {
        this.bytes = bytes;
        this.meanings = meanings.clone();
    }

    @Override
    public void read(long from, int count, float[] target, int at) throws IOException {
        var chunk = new float[Math.min(CHUNK_BYTES, count / 2 + 1)];
        int length;
        for (int done = 0; done < count; done += length) {
            long first = (from + done) / 2;
            long last = Math.min((from + count - 1) / 2, first + chunk.length - 1);
            bytes.read(first, (int) (last - first + 1), chunk, 0);
            length = (int) Math.min(count - done, 2 * (last + 1) - from - done);
            for (int i = 0; i < length; i++) {
                long position = from + done + i;
                int both = (int) chunk[(int) (position / 2 - first)];
                target[at + done + i] = meanings[position % 2 == 0 ? both & 0xf : both >> 4];
            }
        }
    }
}
