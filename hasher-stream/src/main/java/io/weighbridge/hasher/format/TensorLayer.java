package io.weighbridge.hasher.format;

import io.weighbridge.hash.LayerKind;
import io.weighbridge.hash.WeightLayer;
import java.io.IOException;
import java.io.UncheckedIOException;

/** A weight layer whose numbers stay in the file until asked for. */
record TensorLayer(String name, LayerKind kind, int outputs, int inputs, int positions, TensorData data)
        implements WeightLayer {

    @Override
    public float[] weights() {
        try {
            return data.read();
        } catch (ModelFormatException e) {
            throw new UncheckedIOException(e.in("tensor " + name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
