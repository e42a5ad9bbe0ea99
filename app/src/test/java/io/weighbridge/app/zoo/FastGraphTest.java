package io.weighbridge.app.zoo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;

/** The fast layers against Deeplearning4j's own. */
class FastGraphTest {

    @ParameterizedTest
    @EnumSource(Architecture.class)
    void shouldComputeWhatDeeplearning4jDoes(Architecture architecture) {
        var network = TestNetworks.slightlyTrained(architecture);
        var batch = TestNetworks.PICTURES.test().batch(8, new Random(1));
        var own = Graph.of(network);
        var fast = Graph.fast(network);

        assertClose(fast.outputSingle(batch.getFeatures()), own.outputSingle(batch.getFeatures()));
        assertClose(gradient(fast, batch), gradient(own, batch));
    }

    private static INDArray gradient(ComputationGraph graph, DataSet batch) {
        graph.setInputs(batch.getFeatures());
        graph.setLabels(batch.getLabels());
        graph.computeGradientAndScore();
        return graph.gradient().gradient();
    }

    private static void assertClose(INDArray actual, INDArray expected) {
        double largest = expected.amaxNumber().doubleValue();
        assertThat(actual.sub(expected).amaxNumber().doubleValue()).isLessThan(1e-5 * largest);
    }
}
