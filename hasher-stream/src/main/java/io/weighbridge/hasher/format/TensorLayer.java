package io.weighbridge.hasher.format;

import io.weighbridge.hash.LayerKind;
import io.weighbridge.hash.WeightLayer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Objects;

/** A weight layer whose numbers stay in the file until asked for. Relies on: inputs × positions is an int. */
record TensorLayer(String name, LayerKind kind, int outputs, int inputs, int positions, TensorData data)
        implements WeightLayer {

    @Override
    public void read(int fromOutput, int count, float[] target) {
        Objects.checkFromIndexSize(fromOutput, count, outputs);
        int row = inputs * positions;
        try {
            data.read((long) fromOutput * row, Math.multiplyExact(count, row), target, 0);
        } catch (ModelFormatException e) {
            throw new UncheckedIOException(e.in("tensor " + name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
