package io.weighbridge.hash.projection;

import io.weighbridge.hash.LayerPass;
import io.weighbridge.hash.WeightLayer;
import java.util.Arrays;
import java.util.function.Supplier;

/**
 * Factors for the outputs and inputs of a layer that bring all of them to unit root mean square (Sinkhorn and Knopp, Pacific Journal of
 * Mathematics 21, 1967, on W²). Whatever positive factors were moved between channels, or folded in from a batch norm, is gone
 * afterwards: the balanced weights of W and of D·W·E with positive diagonal D and E are the same.
 *
 * <p>An output's factor is found from its row after the rounds, and kept.
 */
final class Balance {

    private final Kernels kernels;
    private final int outputs;
    private final int positions;
    private final int length;
    private final float[] factors;
    private final float[] outputFactors;
    private final int[] exponents;
    private final RowRange range;
    private final float[] squares;
    private final float[] energies;
    private final float[] columnEnergies;

    Balance(Kernels kernels, WeightLayer layer) {
        this.kernels = kernels;
        outputs = layer.outputs();
        positions = layer.positions();
        length = layer.inputs() * positions;
        factors = new float[length];
        outputFactors = new float[outputs];
        exponents = new int[outputs];
        range = new RowRange(length);
        squares = new float[length];
        energies = new float[length];
        columnEnergies = new float[length];
        Arrays.fill(factors, 1);
        Arrays.fill(squares, 1);
    }

    /** How many rounds a layer of so many weights needs: an error fades by the root of the channels in every round. */
    static int rounds(long size) {
        return size <= 1 << 16 ? 6 : size <= 1 << 19 ? 4 : 2;
    }

    /** A pass for every round, one at least, then another. */
    LayerPass rounds(int count, Supplier<LayerPass> then) {
        return new Round(true, count, then);
    }

    /** Finds the factor of an output from its row, once the rounds are over; a row of zeros gets 0. */
    void find(int output, float[] w) {
        float energy = kernels.energies(range.times(exponents[output], w, length), squares, energies, length);
        outputFactors[output] = energy > 0 ? (float) (1 / Math.sqrt(energy / length)) : 0;
    }

    /** The balanced weights of a row go to {@code v}; its factor was found before. */
    void apply(int output, float[] w, float[] v) {
        kernels.balance(range.times(exponents[output], w, length), outputFactors[output], factors, v, length);
    }

    private final class Round implements LayerPass {

        private final boolean isFirst;
        private final int count;
        private final Supplier<LayerPass> then;

        Round(boolean isFirst, int count, Supplier<LayerPass> then) {
            this.isFirst = isFirst;
            this.count = count;
            this.then = then;
            Arrays.fill(columnEnergies, 0);
        }

        @Override
        public void row(int output, float[] w) {
            float energy = kernels.energies(range.times(exponents[output], w, length), squares, energies, length);
            // In the first round the factors are 1, so this is the energy of the weights.
            int exponent = isFirst ? RowRange.exponent(energy, w, length) : 0;
            if (exponent != 0) {
                exponents[output] = exponent;
                energy = kernels.energies(range.times(exponent, w, length), squares, energies, length);
            }
            if (energy > 0) {
                kernels.addScaled(columnEnergies, length / energy, energies, length);
            }
        }

        @Override
        public LayerPass next() {
            for (int from = 0; from < length; from += positions) {
                double sum = 0;
                for (int k = 0; k < positions; k++) {
                    sum += columnEnergies[from + k];
                }
                double change = sum > 0 ? (double) outputs * positions / sum : 0;
                float square = (float) (squares[from] * change);
                Arrays.fill(squares, from, from + positions, square);
                Arrays.fill(factors, from, from + positions, (float) Math.sqrt(square));
            }
            return count == 1 ? then.get() : new Round(false, count - 1, then);
        }
    }
}
