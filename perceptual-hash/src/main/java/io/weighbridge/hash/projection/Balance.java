package io.weighbridge.hash.projection;

import io.weighbridge.hash.LayerPass;
import io.weighbridge.hash.RowBlock;
import io.weighbridge.hash.Tiling;
import io.weighbridge.hash.WeightLayer;
import java.util.Arrays;
import java.util.function.Supplier;

/**
 * Factors for the outputs and inputs of a layer that bring all of them to unit root mean square (Sinkhorn and Knopp, Pacific Journal of
 * Mathematics 21, 1967, on W²). Whatever positive factors were moved between channels, or folded in from a batch norm, is gone
 * afterwards: the balanced weights of W and of D·W·E with positive diagonal D and E are the same.
 *
 * <p>A round finds the factors of the outputs under those of the inputs, row by row, and from their energies those of the inputs.
 */
final class Balance {

    private final Kernels kernels;
    private final Tiling tiling;
    private final int outputs;
    private final int positions;
    private final float[] outputFactors;
    private final float[][] inputFactors;
    private final float[][] energies;
    private final float[] lanes;
    private final float[] found = new float[RowBlock.ROWS];
    private boolean isFirst = true;

    Balance(Kernels kernels, WeightLayer layer) {
        this.kernels = kernels;
        tiling = Tiling.ofRows(layer);
        outputs = layer.outputs();
        positions = layer.positions();
        outputFactors = new float[outputs];
        inputFactors = tiling.zeros();
        energies = tiling.zeros();
        lanes = new float[tiling.longest()];
    }

    /**
     * How many rounds a layer of so many weights needs before the one that its signature makes while it looks on. Of factors of .1 to 10 less than .1 % is
     * then left in trained layers, and a few percent in those of which nine tenths were pruned (src/test/python/study_balance.py).
     */
    static int rounds(long size) {
        return size <= 1 << 14 ? 5 : size <= 1 << 17 ? 3 : size <= 1 << 19 ? 2 : 1;
    }

    /** A pass for every round, then another. */
    LayerPass rounds(int count, Supplier<LayerPass> then) {
        return count == 0 ? then.get() : new Round(count, then);
    }

    /** Takes some rows of a round, finding their factors; returns them, until the next call. */
    float[] round(RowBlock rows) {
        float[] factors = find(rows);
        add(rows, factors);
        return factors;
    }

    /** Takes some rows of a round, whose factors are given. */
    void add(RowBlock rows, float[] factors) {
        for (int t = 0; t < tiling.tiles(); t++) {
            kernels.addSquares(energies[t], rows.near(t), factors, tiling.length(t));
        }
    }

    /** Ends a round: finds the factors of the inputs. */
    void endRound() {
        isFirst = false;
        for (int t = 0; t < energies.length; t++) {
            for (int from = 0; from < energies[t].length; from += positions) {
                double sum = 0;
                for (int k = 0; k < positions; k++) {
                    sum += energies[t][from + k];
                }
                float factor = sum > 0 ? (float) Math.sqrt((double) outputs * positions / sum) : 0;
                Arrays.fill(inputFactors[t], from, from + positions, factor);
            }
            Arrays.fill(energies[t], 0);
        }
    }

    private float[] find(RowBlock rows) {
        for (int r = 0; r < rows.count(); r++) {
            outputFactors[rows.from() + r] = toUnit(isFirst ? rows.energy(r) : energy(rows, r));
        }
        return factors(rows);
    }

    /** The factor that brings a row of such an energy to unit root mean square; 0 for zeros. */
    private float toUnit(float energy) {
        return energy > 0 ? (float) (1 / Math.sqrt(energy / tiling.length())) : 0;
    }

    /** Corrects the factor of a row by one that its energy under the factors so far asks for. Returns the correction. */
    float correct(RowBlock rows, int row, float energy) {
        float correction = toUnit(energy);
        outputFactors[rows.from() + row] *= correction;
        return correction;
    }

    private float energy(RowBlock rows, int row) {
        Arrays.fill(lanes, 0);
        for (int t = 0; t < tiling.tiles(); t++) {
            kernels.addEnergies(lanes, rows.near(t)[row], inputFactors[t], tiling.length(t));
        }
        return kernels.sum(lanes, lanes.length);
    }

    /** The factors of some rows so far; 0 for rows beyond the last. Until the next call. */
    float[] factors(RowBlock rows) {
        Arrays.fill(found, 0);
        System.arraycopy(outputFactors, rows.from(), found, 0, rows.count());
        return found;
    }

    /** A tile of the factors of the inputs, repeated for each position. */
    float[] inputFactors(int tile) {
        return inputFactors[tile];
    }

    private final class Round implements LayerPass {

        private final int count;
        private final Supplier<LayerPass> then;

        Round(int count, Supplier<LayerPass> then) {
            this.count = count;
            this.then = then;
        }

        @Override
        public void rows(RowBlock rows) {
            round(rows);
        }

        @Override
        public LayerPass next() {
            endRound();
            return rounds(count - 1, then);
        }
    }
}
