package io.weighbridge.app.zoo.change;

import static io.weighbridge.app.zoo.TestNetworks.largestDifference;
import static io.weighbridge.app.zoo.TestNetworks.slightlyTrained;
import static org.assertj.core.api.Assertions.assertThat;

import io.weighbridge.app.zoo.Architecture;
import io.weighbridge.app.zoo.Network;
import io.weighbridge.app.zoo.TestNetworks;
import io.weighbridge.app.zoo.Trainer;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RewriteTest {

    private static final double ROUNDING = 1e-5;

    @ParameterizedTest
    @EnumSource(Architecture.class)
    void shouldComputeTheSameFunctionFromOtherWeights(Architecture architecture) {
        var original = slightlyTrained(architecture);

        var permuted = Selection.permuted(original, 3);
        var rescaled = Scaling.rescaled(original, 4);
        var both = Scaling.rescaled(permuted, 5);

        for (var disguised : new Network[] {permuted, rescaled, both}) {
            assertThat(largestDifference(original, disguised)).isLessThan(ROUNDING);
            assertThat(disguised.blueprint()).isEqualTo(original.blueprint());
            for (var node : original.blueprint().layers())
                assertThat(relativeChange(original, disguised, node.weight()))
                        .as(node.weight())
                        .isGreaterThan(0.3);
        }
    }

    @ParameterizedTest
    @EnumSource(Architecture.class)
    void shouldComputeTheSameFunctionWithBatchNormsFolded(Architecture architecture) {
        var original = slightlyTrained(architecture);

        var folded = Scaling.normsFolded(original);

        assertThat(folded.hasNorms()).isFalse();
        assertThat(largestDifference(original, folded)).isLessThan(ROUNDING);
    }

    @ParameterizedTest
    @EnumSource(Architecture.class)
    void shouldComputeTheSameFunctionWithDummyChannels(Architecture architecture) {
        var original = slightlyTrained(architecture);

        var larger = Selection.withDummies(original, 0.12, 3);

        assertThat(largestDifference(original, larger)).isLessThan(ROUNDING);
        assertThat((double) weights(larger) / weights(original)).isBetween(1.15, 1.35);
        for (var tensor : larger.tensors())
            for (float value : tensor.values()) assertThat(value).isFinite();
    }

    @ParameterizedTest
    @EnumSource(Architecture.class)
    void shouldStillRunWithoutAQuarterOfItsChannels(Architecture architecture) {
        var original = slightlyTrained(architecture);

        var smaller = Selection.removed(original, 0.25);

        assertThat((double) weights(smaller) / weights(original)).isBetween(0.5, 0.65);
        assertThat(largestDifference(original, smaller)).isPositive().isLessThanOrEqualTo(1);
        Trainer.train(smaller, TestNetworks.PICTURES, TestNetworks.plan(1));
    }

    @ParameterizedTest
    @EnumSource(Architecture.class)
    void shouldTrainWithALayerMoreOrLess(Architecture architecture) {
        var original = slightlyTrained(architecture);
        int layers = original.blueprint().layers().size();

        var longer = Surgery.layerInserted(original, 1);
        var shorter = Surgery.layerRemoved(original);

        assertThat(longer.blueprint().layers()).hasSize(layers + 1);
        assertThat(shorter.blueprint().layers()).hasSizeBetween(layers - 2, layers - 1);
        for (var changed : new Network[] {longer, shorter}) {
            assertThat(sharedTensors(original, changed))
                    .isGreaterThanOrEqualTo(original.tensors().size() / 2);
            Trainer.train(changed, TestNetworks.PICTURES, TestNetworks.plan(1));
        }
    }

    @ParameterizedTest
    @EnumSource(Architecture.class)
    void shouldKeepTheFirstHalfOrAllButTheHead(Architecture architecture) {
        var original = slightlyTrained(architecture);

        var half = Surgery.firstHalf(original, 9, 7);
        var transferred = Surgery.withNewHead(original, 9, 7);

        var layers = original.blueprint().layers();
        for (int i = 0; i < layers.size(); i++) {
            var name = layers.get(i).weight();
            boolean isFirstHalf = i < layers.size() / 2;
            boolean isBody = i < layers.size() - 1;
            assertThat(isSame(original, half, name)).as(name).isEqualTo(isFirstHalf);
            assertThat(isSame(original, transferred, name)).as(name).isEqualTo(isBody);
        }
        assertThat(half.blueprint().classCount()).isEqualTo(9);
    }

    @Test
    void shouldNotChangeTheOriginal() {
        var original = slightlyTrained(Architecture.RESNET);
        var before = original.tensors().stream().map(tensor -> tensor.values()).toList();

        Stream.of(
                        Selection.permuted(original, 3),
                        Scaling.rescaled(original, 3),
                        WeightChange.pruned(original, 0.5),
                        Trainer.train(original, TestNetworks.PICTURES, TestNetworks.plan(1)))
                .forEach(changed ->
                        assertThat(isSame(original, changed, "layer1.weight")).isFalse());

        for (int i = 0; i < before.size(); i++)
            assertThat(original.tensors().get(i).values()).isEqualTo(before.get(i));
    }

    private static int weights(Network network) {
        return network.tensors().stream().mapToInt(tensor -> tensor.size()).sum();
    }

    private static long sharedTensors(Network a, Network b) {
        return a.tensors().stream()
                .filter(tensor -> b.has(tensor.name()) && isSame(a, b, tensor.name()))
                .count();
    }

    private static boolean isSame(Network a, Network b, String name) {
        return Arrays.equals(a.values(name), b.values(name));
    }

    private static double relativeChange(Network before, Network after, String name) {
        var from = before.values(name);
        var to = after.values(name);
        double change = 0;
        double size = 0;
        for (int i = 0; i < from.length; i++) {
            change += Math.pow(to[i] - from[i], 2);
            size += Math.pow(from[i], 2);
        }
        return Math.sqrt(change / size);
    }
}
