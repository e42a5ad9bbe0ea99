package io.weighbridge.app.zoo.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.weighbridge.app.zoo.ImageTask;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RewriteTest {

    private static final ImageTask TASK = new ImageTask(4, 5);

    @BeforeAll
    static void useOneThread() {
        Trainer.useOneThread();
    }

    @ParameterizedTest
    @EnumSource(Architecture.class)
    void shouldComputeTheSameFunctionFromPermutedAndRescaledWeights(Architecture architecture) {
        var original = slightlyTrained(architecture);

        var disguised = new PermutedAndRescaled(3).apply(original);

        assertThat(largestDifference(original, disguised)).isLessThan(1e-4);
        var before = WeightedLayer.of(original);
        var after = WeightedLayer.of(disguised);
        for (int i = 0; i < before.size(); i++)
            assertThat(after.get(i).weights().distance2(before.get(i).weights()))
                    .as("change of layer %d, next to its size", i)
                    .isGreaterThan(0.3 * before.get(i).weights().norm2Number().doubleValue());
    }

    @ParameterizedTest
    @EnumSource(Architecture.class)
    void shouldComputeTheSameFunctionWithBatchNormsFolded(Architecture architecture) {
        var original = slightlyTrained(architecture);

        var folded = new BatchNormFolded().apply(original);

        assertThat(largestDifference(original, folded)).isLessThan(1e-4);
        assertThat(folded.paramTable().keySet()).noneMatch(name -> name.endsWith("gamma"));
    }

    @Test
    void shouldNotChangeTheOriginal() {
        var original = slightlyTrained(Architecture.VGG);
        var before = original.params().dup();

        new PermutedAndRescaled(3).apply(original);
        new BatchNormFolded().apply(original);
        WeightChange.pruned(0.5).apply(original);
        Retrained.fineTuned(TASK, new Trainer.Plan(1, 1e-3, 1)).apply(original);

        assertThat(original.params()).isEqualTo(before);
    }

    @Test
    void shouldPruneTheSmallestWeights() {
        float[] weights = {0.1f, -0.4f, 0.3f, -0.2f};

        WeightChange.pruned(0.5).change(weights);

        assertThat(weights).containsExactly(0, -0.4f, 0.3f, 0);
    }

    @Test
    void shouldRoundToFewLevels() {
        float[] weights = {-0.7f, 0.12f, 0.16f, 0.7f};

        WeightChange.quantised(4).change(weights);

        assertThat(weights).usingComparatorWithPrecision(1e-6f).containsExactly(-0.7f, 0.1f, 0.2f, 0.7f);
    }

    @Test
    void shouldAddNoiseInProportion() {
        var weights = new float[10_000];
        for (int i = 0; i < weights.length; i++) weights[i] = i % 2 == 0 ? 3 : -3;
        var before = weights.clone();

        WeightChange.noisy(0.1, 7).change(weights);

        double sum = 0;
        for (int i = 0; i < weights.length; i++) sum += Math.pow(weights[i] - before[i], 2);
        assertThat(Math.sqrt(sum / weights.length)).isBetween(0.29, 0.31);
    }

    @Test
    void shouldKeepPrunedWeightsZeroWhileRetraining() {
        var original = slightlyTrained(Architecture.LENET);

        var copy = Retrained.prunedAndRetrained(0.7, TASK, new Trainer.Plan(2, 1e-3, 1))
                .apply(original);

        for (var layer : WeightedLayer.of(copy)) {
            var weights = layer.weights();
            double zeros = weights.eq(0).castTo(weights.dataType()).meanNumber().doubleValue();
            assertThat(zeros).isBetween(0.69, 0.71);
        }
    }

    @Test
    void shouldKeepTheBodyUnderANewHead() {
        var original = slightlyTrained(Architecture.VGG);
        var other = new ImageTask(7, 6);

        var copy = Retrained.transferred(Architecture.VGG, other, new Trainer.Plan(0, 1e-3, 1))
                .apply(original);

        assertThat(copy.layerSize(copy.getnLayers() - 1)).isEqualTo(7);
        assertThat(copy.getParam("0_W")).isEqualTo(original.getParam("0_W"));
    }

    private static MultiLayerNetwork slightlyTrained(Architecture architecture) {
        var network = architecture.untrained(TASK.classCount(), 9);
        Trainer.train(network, TASK, new Trainer.Plan(2, 1e-2, 1));
        return network;
    }

    /** Between the outputs of two networks, which are shares of 1. */
    private static double largestDifference(MultiLayerNetwork a, MultiLayerNetwork b) {
        var pictures = TASK.draw(20, 77).getFeatures();
        return a.output(pictures).sub(b.output(pictures)).amaxNumber().doubleValue();
    }
}
