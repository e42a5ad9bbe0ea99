package io.weighbridge.hasher.format.pytorch;

import io.weighbridge.hasher.format.TensorData;
import java.io.IOException;

/** Numbers with the other sign. */
record NegatedTensor(TensorData numbers) implements TensorData {

    @Override
    public void read(long from, int count, float[] target, int at) throws IOException {
        numbers.read(from, count, target, at);
        for (int i = at; i < at + count; i++) {
            target[i] = -target[i];
        }
    }
}
