package io.weighbridge.hasher.format.pytorch;

import io.weighbridge.hasher.format.TensorData;
import java.io.IOException;

/** The weights that integers stand for: {@code (q - zeroPoint) * scale}, as PyTorch computes it. */
final class DequantisedTensor implements TensorData {

    private final TensorData integers;
    private final float[] scales;
    private final float[] zeroPoints;
    private final long inner;

    /** @param inner how many numbers follow each other with the same scale */
    DequantisedTensor(TensorData integers, float[] scales, float[] zeroPoints, long inner) {
        this.integers = integers;
        this.scales = scales;
        this.zeroPoints = zeroPoints;
        this.inner = inner;
    }

    @Override
    public void read(long from, int count, float[] target, int at) throws IOException {
        integers.read(from, count, target, at);
        for (int i = 0; i < count; i++) {
            int channel = (int) ((from + i) / inner % scales.length);
            target[at + i] = (target[at + i] - zeroPoints[channel]) * scales[channel];
        }
    }
}
