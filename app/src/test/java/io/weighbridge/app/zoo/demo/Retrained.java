package io.weighbridge.app.zoo.demo;

import io.weighbridge.app.zoo.ImageTask;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Changes that train on. */
final class Retrained {

    private Retrained() {}

    /** All layers trained on, with the same head. */
    static Rewrite fineTuned(ImageTask task, Trainer.Plan plan) {
        return original -> {
            var copy = original.clone();
            Trainer.train(copy, task, plan);
            return copy;
        };
    }

    /** The body under a new head for another task, all layers trained on. */
    static Rewrite transferred(Architecture architecture, ImageTask task, Trainer.Plan plan) {
        return original -> {
            var copy = architecture.untrained(task.classCount(), plan.seed());
            copyBody(original, copy);
            Trainer.train(copy, task, plan);
            return copy;
        };
    }

    private static void copyBody(MultiLayerNetwork from, MultiLayerNetwork to) {
        for (int i = 0; i + 1 < from.getnLayers(); i++) {
            if (from.getLayer(i).numParams() > 0)
                to.getLayer(i).params().assign(from.getLayer(i).params());
        }
    }

    /** Pruned, then trained on while the pruned weights stay zero. */
    static Rewrite prunedAndRetrained(double share, ImageTask task, Trainer.Plan plan) {
        return original -> {
            var pruned = WeightChange.pruned(share).apply(original);
            var masks = WeightedLayer.of(pruned).stream()
                    .map(layer -> layer.weights().neq(0).castTo(layer.weights().dataType()))
                    .toList();
            Trainer.train(pruned, task, plan, network -> {
                var layers = WeightedLayer.of(network);
                for (int i = 0; i < layers.size(); i++) mask(layers.get(i).weights(), masks.get(i));
            });
            return pruned;
        };
    }

    private static void mask(INDArray weights, INDArray mask) {
        weights.muli(mask);
    }
}
