package io.weighbridge.hash;

import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The hash of a model of one layer by one algorithm, which includes the inspection of its weights; and the inspection by itself. An operation is one
 * weight.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 10, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 300, timeUnit = TimeUnit.MILLISECONDS)
public class LayerBenchmark {

    private static final int DENSE_OUTPUTS = 2048;
    private static final int DENSE_INPUTS = 512;
    private static final int CHANNELS = 256;
    private static final int POSITIONS = 9;
    private static final long SEED = 2048_512;

    @Param({"inspection", "nts", "iwp", "pri"})
    String algorithm;

    private ModelHasher hasher;
    private List<WeightLayer> dense;
    private List<WeightLayer> convolution;

    @Setup
    public void draw() {
        var random = new Random(SEED);
        hasher = ModelHasher.of(List.of(
                algorithm.equals("inspection")
                        ? new Nothing()
                        : Algorithms.all().stream()
                                .filter(one -> one.id().name().equals(algorithm))
                                .findFirst()
                                .orElseThrow()));
        dense = List.of(ArrayLayer.normal(LayerKind.DENSE, DENSE_OUTPUTS, DENSE_INPUTS, 1, random));
        convolution = List.of(ArrayLayer.normal(LayerKind.CONVOLUTION, CHANNELS, CHANNELS, POSITIONS, random));
    }

    @Benchmark
    @OperationsPerInvocation(DENSE_OUTPUTS * DENSE_INPUTS)
    public HashResult.Hashed dense2048x512() {
        return hash(dense);
    }

    @Benchmark
    @OperationsPerInvocation(CHANNELS * CHANNELS * POSITIONS)
    public HashResult.Hashed conv256x256x3x3() {
        return hash(convolution);
    }

    /** Fails if the weights got no code. */
    private HashResult.Hashed hash(List<WeightLayer> layers) {
        return (HashResult.Hashed) hasher.hash(layers);
    }

    /** A layer that is read where it lies. */
    private record ArrayLayer(LayerKind kind, int outputs, int inputs, int positions, WeightSlab all)
            implements WeightLayer {

        static ArrayLayer normal(LayerKind kind, int outputs, int inputs, int positions, Random random) {
            var weights = new float[outputs * inputs * positions];
            double spread = Math.sqrt(2.0 / (inputs * positions));
            for (int i = 0; i < weights.length; i++) {
                weights[i] = (float) (spread * random.nextGaussian());
            }
            return new ArrayLayer(kind, outputs, inputs, positions, new WeightSlab(weights, 0));
        }

        @Override
        public String name() {
            return "layer";
        }

        @Override
        public void read(int fromOutput, int count, float[] target) {
            System.arraycopy(all.values(), at(fromOutput), target, 0, at(count));
        }

        @Override
        public WeightSlab slab(int fromOutput, int count, float[] buffer) {
            return new WeightSlab(all.values(), at(fromOutput));
        }

        private int at(int output) {
            return output * inputs * positions;
        }
    }

    /** Looks at no weight, so that only the inspection does. */
    private static final class Nothing implements HashAlgorithm, HashAlgorithm.Accumulator, LayerPass {

        private final PerceptualCode code = PerceptualCode.of(id(), 0);

        @Override
        public AlgorithmId id() {
            return new AlgorithmId("nothing", 1);
        }

        @Override
        public int bits() {
            return Long.SIZE;
        }

        @Override
        public double falseMatchRate(int distanceBits) {
            return 1;
        }

        @Override
        public Accumulator start(List<? extends WeightLayer> layers) {
            return this;
        }

        @Override
        public LayerPass begin(WeightLayer layer) {
            return this;
        }

        @Override
        public void rows(RowBlock rows) {}

        @Override
        public LayerPass next() {
            return null;
        }

        @Override
        public PerceptualCode code() {
            return code;
        }
    }
}
