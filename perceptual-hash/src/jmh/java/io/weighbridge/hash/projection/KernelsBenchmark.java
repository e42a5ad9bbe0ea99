package io.weighbridge.hash.projection;

import io.weighbridge.hash.RowBlock;
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
 * Each of {@link Kernels} on one tile, or on the tiles of {@link RowBlock#ROWS} rows, in the nearest cache. An operation is one weight: one number of a
 * tile that is read, whatever else goes with it.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 4, time = 200, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 3, time = 200, timeUnit = TimeUnit.MILLISECONDS)
public class KernelsBenchmark {

    /** The longest tile of a dense layer of 2048 inputs. */
    private static final int TILE = 512;

    /** That of a layer of 256 inputs and kernels of 3 × 3. */
    private static final int TILE_OF_9 = 432;

    /** That of a layer of 256 inputs and kernels of 5 × 5. */
    private static final int TILE_OF_25 = 400;

    private static final int ROWS = RowBlock.ROWS;

    private static final long SEED = 1;

    @Param({"reference", "blocked"})
    String twin;

    private Kernels kernels;
    private float[] v;
    private float[] a;
    private float[] b;
    private float[] first;
    private float[] second;
    private float[] third;
    private float[][] rows;
    private float[] factors;

    @Setup
    public void draw() {
        kernels = twin.equals("reference") ? ReferenceKernels.INSTANCE : BlockedKernels.INSTANCE;
        var random = new Random(SEED);
        v = normal(random, TILE);
        a = normal(random, TILE);
        b = normal(random, TILE);
        first = new float[TILE];
        second = new float[TILE];
        third = new float[TILE];
        rows = new float[ROWS][];
        for (int r = 0; r < ROWS; r++) {
            rows[r] = normal(random, TILE);
        }
        factors = normal(random, ROWS);
    }

    private static float[] normal(Random random, int n) {
        var numbers = new float[n];
        for (int j = 0; j < n; j++) {
            numbers[j] = (float) random.nextGaussian();
        }
        return numbers;
    }

    @Benchmark
    @OperationsPerInvocation(TILE)
    public void add() {
        kernels.add(first, v, TILE);
    }

    @Benchmark
    @OperationsPerInvocation(TILE)
    public void addEnergies() {
        kernels.addEnergies(first, v, a, TILE);
    }

    @Benchmark
    @OperationsPerInvocation(TILE)
    public void describe() {
        kernels.describe(v, .3f, a, first, second, third, TILE);
    }

    @Benchmark
    @OperationsPerInvocation(TILE)
    public void addProducts() {
        kernels.addProducts(first, second, v, a, b, TILE);
    }

    @Benchmark
    @OperationsPerInvocation(TILE)
    public void addPowers() {
        kernels.addPowers(v, .3f, a, first, second, TILE);
    }

    @Benchmark
    @OperationsPerInvocation(ROWS * TILE)
    public void addRows() {
        kernels.addRows(first, rows, factors, TILE);
    }

    @Benchmark
    @OperationsPerInvocation(ROWS * TILE)
    public void addSizes() {
        kernels.addSizes(first, rows, factors, TILE);
    }

    @Benchmark
    @OperationsPerInvocation(ROWS * TILE)
    public void addSquares() {
        kernels.addSquares(first, rows, factors, TILE);
    }

    @Benchmark
    @OperationsPerInvocation(TILE)
    public void addSigned() {
        kernels.addSigned(first, v, a, b, TILE);
    }

    @Benchmark
    @OperationsPerInvocation(TILE)
    public void emphasise() {
        kernels.emphasise(v, factors[0], a, first, TILE);
    }

    @Benchmark
    @OperationsPerInvocation(TILE)
    public void square() {
        kernels.square(v, factors[0], first, TILE);
    }

    @Benchmark
    @OperationsPerInvocation(TILE)
    public float sum() {
        return kernels.sum(v, TILE);
    }

    @Benchmark
    @OperationsPerInvocation(TILE_OF_9)
    public void sumsByPosition9() {
        kernels.sumsByPosition(v, 9, first, 0, TILE_OF_9);
    }

    @Benchmark
    @OperationsPerInvocation(TILE_OF_25)
    public void sumsByPosition25() {
        kernels.sumsByPosition(v, 25, first, 0, TILE_OF_25);
    }

    /** In place: the numbers stay within ±1, and every one takes the same time. */
    @Benchmark
    @OperationsPerInvocation(TILE)
    public void wave() {
        kernels.wave(v, TILE);
    }
}
