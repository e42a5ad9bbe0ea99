package io.weighbridge.hasher.format.numpy;

import io.weighbridge.hasher.format.ModelBytes;
import io.weighbridge.hasher.format.ModelFormat;
import io.weighbridge.hasher.format.ModelWeights;
import io.weighbridge.hasher.format.ReadLimits;
import io.weighbridge.hasher.format.WeightCollector;
import java.io.IOException;

/** One array, as {@code numpy.save} writes it. */
public final class NpyFormat implements ModelFormat {

    private static final String NAME = "array";

    @Override
    public String id() {
        return "npy";
    }

    @Override
    public boolean recognises(ModelBytes file, ReadLimits limits) throws IOException {
        return NpyArray.isArray(file);
    }

    @Override
    public ModelWeights read(ModelBytes file, ReadLimits limits) throws IOException {
        var collector = new WeightCollector(file, limits);
        NpyArray.read(NAME, file, limits).addTo(collector);
        return collector.weights(id());
    }
}
