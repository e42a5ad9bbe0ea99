package io.weighbridge.hasher.format;

import java.io.IOException;

/** Numbers with the other sign. */
public record NegatedTensor(TensorData numbers) implements TensorData {

    @Override
    public void read(long from, int count, float[] target, int at) throws IOException {
        numbers.read(from, count, target, at);
        for (int i = at; i < at + count; i++) {
            target[i] = -target[i];
        }
    }
}
