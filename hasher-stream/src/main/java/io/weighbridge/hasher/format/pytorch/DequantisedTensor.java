package io.weighbridge.hasher.format.pytorch;

import io.weighbridge.hasher.format.TensorData;
import java.io.IOException;

/**
 * The weights that integers stand for: {@code (q - zeroPoint) * scale}, as PyTorch computes it: in double precision where it keeps the
 * scales so, which it does for channels, else in single.
 */
final class DequantisedTensor implements TensorData {

    private final TensorData integers;
    private final double[] scales;
    private final double[] zeroPoints;
    private final long inner;
    private final boolean isDouble;

    /** @param inner how many numbers follow each other with the same scale */
    DequantisedTensor(TensorData integers, double[] scales, double[] zeroPoints, long inner, boolean isDouble) {
        this.integers = integers;
        this.scales = scales;
        this.zeroPoints = zeroPoints;
        this.inner = inner;
        this.isDouble = isDouble;
    }

    @Override
    public void read(long from, int count, float[] target, int at) throws IOException {
        integers.read(from, count, target, at);
        for (int i = 0; i < count; i++) {
            int channel = (int) ((from + i) / inner % scales.length);
            double distance = target[at + i] - zeroPoints[channel];
            target[at + i] =
                    isDouble ? (float) (distance * scales[channel]) : (float) distance * (float) scales[channel];
        }
    }
}
