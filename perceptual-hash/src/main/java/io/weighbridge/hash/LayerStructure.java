package io.weighbridge.hash;

/**
 * Tells trained weights from freshly drawn ones: weights drawn independently have rows, columns and kernels whose sums and energies are
 * spread just as chance spreads them; training spreads them more.
 */
final class LayerStructure {

    /** Deviations beyond which chance is no explanation, and further ones over which the doubt fades. */
    private static final double CHANCE = 4;

    private static final double FADING = 8;

    private LayerStructure() {}

    /** 0 (as if drawn independently) to 1 (surely not). The weights are finite. */
    static double of(WeightLayer layer, float[] w) {
        int positions = layer.positions();
        var rows = new Groups(layer.outputs());
        var columns = new Groups(layer.inputs());
        var kernels = new Spread();
        double squares = 0;
        double fourths = 0;
        int at = 0;
        for (int o = 0; o < layer.outputs(); o++) {
            for (int i = 0; i < layer.inputs(); i++) {
                double sum = 0;
                double energy = 0;
                for (int k = 0; k < positions; k++) {
                    double square = (double) w[at] * w[at];
                    sum += w[at++];
                    energy += square;
                    fourths += square * square;
                }
                squares += energy;
                rows.add(o, sum, energy);
                columns.add(i, sum, energy);
                kernels.add(sum, energy);
            }
        }
        double variance = squares / w.length;
        if (!(variance > 0)) {
            return 0;
        }
        double spread = fourths / w.length - variance * variance;
        double most = Math.max(
                rows.spread().excess(layer.inputs() * positions, variance, spread),
                columns.spread().excess(layer.outputs() * positions, variance, spread));
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
        double excess(int members, double variance, double varianceOfSquares) {
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
