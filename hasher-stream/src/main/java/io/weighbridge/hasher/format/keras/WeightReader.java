package io.weighbridge.hasher.format.keras;

import io.jhdf.api.Dataset;
import io.weighbridge.hasher.format.ModelFormatException;
import io.weighbridge.hasher.format.ModelWeights;
import io.weighbridge.hasher.format.ReadLimits;
import io.weighbridge.hasher.format.WeightCollector;
import java.io.IOException;

/** Takes the datasets of one file, or of one after the other, in the order of the model. */
final class WeightReader {

    private final BoundedChannel channel;
    private final ReadLimits limits;
    private final KerasLayer model;
    private final WeightCollector collector;
    private final KerasLayout layout;

    WeightReader(BoundedChannel channel, ReadLimits limits, KerasLayer model) {
        this(channel, limits, model, new WeightCollector(channel.file(), limits));
    }

    private WeightReader(BoundedChannel channel, ReadLimits limits, KerasLayer model, WeightCollector collector) {
        this(channel, limits, model, collector, new KerasLayout(collector, model.isModel()));
    }

    private WeightReader(
            BoundedChannel channel,
            ReadLimits limits,
            KerasLayer model,
            WeightCollector collector,
            KerasLayout layout) {
        this.channel = channel;
        this.limits = limits;
        this.model = model;
        this.collector = collector;
        this.layout = layout;
    }

    /** Goes on with the same model in another file. */
    WeightReader goingOn(BoundedChannel other) {
        collector.alsoFrom(other.file());
        return new WeightReader(other, limits, model, collector, layout);
    }

    /** The configuration; without layers if there is none, or none that tells them. */
    KerasLayer model() {
        return model;
    }

    /** Tells that the model goes on with this layer, whether it has weights or not. */
    void enter(KerasLayer layer) {
        layout.enter(layer);
    }

    void read(String name, Dataset dataset, KerasLayer layer) throws IOException {
        var tensor = new Hdf5Tensor(name, dataset);
        collector.count(name, tensor.numbers());
        layout.add(tensor, layer, () -> tensor.data(channel, limits));
    }

    ModelWeights weights(String format) throws ModelFormatException {
        return collector.weights(format);
    }
}
