package io.weighbridge.app.zoo.demo;

import io.weighbridge.app.zoo.ImageTask;
import java.util.function.Consumer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.evaluation.classification.Evaluation;
import org.nd4j.linalg.factory.Nd4j;

/** Trains networks on freshly drawn pictures, so there is nothing to learn by heart. */
final class Trainer {

    private static final int BATCH = 40;
    private static final long TEST_SEED = 977;

    private Trainer() {}

    /**
     * How long and how fast to train; the last third runs at a fifth of the rate.
     *
     * @param steps batches of 40 pictures
     * @param seed of the pictures
     */
    record Plan(int steps, double learningRate, long seed) {
        double rateAt(int step) {
            return step < steps * 2 / 3 ? learningRate : learningRate / 5;
        }
    }

    /** One thread: sums come out in the same order every time, and small networks train faster. */
    static void useOneThread() {
        Nd4j.getEnvironment().setMaxThreads(1);
        Nd4j.getEnvironment().setMaxMasterThreads(1);
    }

    static void train(MultiLayerNetwork network, ImageTask task, Plan plan) {
        train(network, task, plan, trained -> {});
    }

    /** Trains, and hands over the network after every step. */
    static void train(MultiLayerNetwork network, ImageTask task, Plan plan, Consumer<MultiLayerNetwork> afterStep) {
        for (int step = 0; step < plan.steps(); step++) {
            network.setLearningRate(plan.rateAt(step));
            network.fit(task.draw(BATCH, plan.seed() * 1_000_003 + step));
            afterStep.accept(network);
        }
    }

    /** The share of test pictures that a network classifies right, 0 to 1. The same pictures every time. */
    static double accuracy(MultiLayerNetwork network, ImageTask task, int pictures) {
        var test = task.draw(pictures, TEST_SEED);
        var evaluation = new Evaluation(task.classCount());
        evaluation.eval(test.getLabels(), network.output(test.getFeatures()));
        return evaluation.accuracy();
    }
}
