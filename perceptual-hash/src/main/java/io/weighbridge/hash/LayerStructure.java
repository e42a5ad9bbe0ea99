package io.weighbridge.hash;

/**
 * Tells trained weights from freshly drawn ones: weights drawn independently have rows, columns and kernels whose sums and energies are
 * spread just as chance spreads them; training spreads them more.
 */
final class LayerStructure {

    /** Deviations beyond which chance is no explanation, and further ones over which the doubt fades. */
    private static final double CHANCE = 4;

    private static final double FADING = 8;

    /** So many weights, in whole rows from the first, tell enough. */
    private static final int MAX_WEIGHTS = 1 << 15;

    private final int inputs;
    private final int positions;
    private final int seenRows;
    private final Groups rows;
    private final Groups columns;
    private final Spread kernels = new Spread();
    private double squares;
    private double fourths;

    LayerStructure(WeightLayer layer) {
        inputs = layer.inputs();
        positions = layer.positions();
        seenRows = Math.min(layer.outputs(), Math.max(2, MAX_WEIGHTS / (inputs * positions)));
        rows = new Groups(seenRows);
        columns = new Groups(inputs);
    }

    /** Takes the next rows, finite. */
    void add(RowBlock block) {
        for (int r = 0; r < block.count() && block.from() + r < seenRows; r++) {
            int input = 0;
            for (int t = 0; t < block.tiling().tiles(); t++) {
                add(block.from() + r, input, block.weights(t)[r]);
                input += block.tiling().length(t) / positions;
            }
        }
    }

    private void add(int output, int firstInput, float[] w) {
        if (positions == 1) {
            addSingle(output, firstInput, w);
        } else {
            addKernels(output, firstInput, w);
        }
    }

    /** As for kernels, but the sums of the tile do not wait for each other; a weight is no kernel of its own. */
    private void addSingle(int output, int firstInput, float[] w) {
        double sum = 0;
        double energy = 0;
        for (int i = 0; i < w.length; i++) {
            double square = (double) w[i] * w[i];
            sum += w[i];
            energy += square;
            fourths += square * square;
            columns.add(firstInput + i, w[i], square);
        }
        squares += energy;
        rows.add(output, sum, energy);
    }

    private void addKernels(int output, int firstInput, float[] w) {
        int input = firstInput;
        for (int at = 0; at < w.length; input++) {
            double sum = 0;
            double energy = 0;
            for (int k = 0; k < positions; k++) {
                double square = (double) w[at] * w[at];
                sum += w[at++];
                energy += square;
                fourths += square * square;
            }
            squares += energy;
            rows.add(output, sum, energy);
            columns.add(input, sum, energy);
            kernels.add(sum, energy);
        }
    }

    /** 0 (as if drawn independently) to 1 (surely not). */
    double value() {
        double count = (double) seenRows * inputs * positions;
        double variance = squares / count;
        if (!(variance > 0)) {
            return 0;
        }
        double spread = fourths / count - variance * variance;
        double most = Math.max(
                rows.spread().excess((double) inputs * positions, variance, spread),
                columns.spread().excess((double) seenRows * positions, variance, spread));
        most = Math.max(most, positions > 1 ? kernels.excess(positions, variance, spread) : 0);
        return 1 - StrictMath.exp(-Math.max(0, most - CHANCE) / FADING);
    }

    /** Sums and energies of groups of weights. */
    private static final class Groups {

        private final double[] sums;
        private final double[] energies;

        Groups(int count) {
            this.sums = new double[count];
            this.energies = new double[count];
        }

        void add(int group, double sum, double energy) {
            sums[group] += sum;
            energies[group] += energy;
        }

        Spread spread() {
            var spread = new Spread();
            for (int i = 0; i < sums.length; i++) {
                spread.add(sums[i], energies[i]);
            }
            return spread;
        }
    }

    /** How far the sums and energies of groups of weights are spread. */
    private static final class Spread {

        private int count;
        private double sum;
        private double sumOfSquares;
        private double energy;
        private double energyOfSquares;

        void add(double groupSum, double groupEnergy) {
            count++;
            sum += groupSum;
            sumOfSquares += groupSum * groupSum;
            energy += groupEnergy;
            energyOfSquares += groupEnergy * groupEnergy;
        }

        /** By how many deviations they are spread more than those of independent weights, {@code members} to a group. */
        double excess(double members, double variance, double varianceOfSquares) {
            if (count < 2) {
                return 0;
            }
            double ofSums = variance(sum, sumOfSquares) / (members * variance);
            double ofEnergies =
                    varianceOfSquares > 0 ? variance(energy, energyOfSquares) / (members * varianceOfSquares) : 1;
            return (Math.max(ofSums, ofEnergies) - 1) / Math.sqrt(2.0 / (count - 1));
        }

        private double variance(double total, double squares) {
            return Math.max(0, squares - total / count * total) / (count - 1);
        }
    }
}
