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
        int row = layer.inputs() * layer.positions();
        var rows = new Group(layer.outputs(), row);
        var columns = new Group(layer.inputs(), layer.outputs() * layer.positions());
        var kernels = new Group(layer.outputs() * layer.inputs(), layer.positions());
        double squares = 0;
        double fourths = 0;
        for (int i = 0; i < w.length; i++) {
            double square = (double) w[i] * w[i];
            squares += square;
            fourths += square * square;
            rows.add(i / row, w[i], square);
            columns.add(i / layer.positions() % layer.inputs(), w[i], square);
            kernels.add(i / layer.positions(), w[i], square);
        }
        double variance = squares / w.length;
        if (!(variance > 0)) {
            return 0;
        }
        double spread = fourths / w.length - variance * variance;
        double most = Math.max(rows.excess(variance, spread), columns.excess(variance, spread));
        most = Math.max(most, layer.positions() > 1 ? kernels.excess(variance, spread) : 0);
        return 1 - StrictMath.exp(-Math.max(0, most - CHANCE) / FADING);
    }

    /** Sums and energies of groups of weights. */
    private static final class Group {

        private final int members;
        private final double[] sums;
        private final double[] energies;

        Group(int count, int members) {
            this.members = members;
            this.sums = new double[count];
            this.energies = new double[count];
        }

        void add(int group, double weight, double square) {
            sums[group] += weight;
            energies[group] += square;
        }

        /** By how many deviations the sums or the energies are spread more than those of independent weights. */
        double excess(double variance, double spreadOfSquares) {
            if (sums.length < 2) {
                return 0;
            }
            double deviation = Math.sqrt(2.0 / (sums.length - 1));
            double ofSums = varianceOf(sums) / (members * variance);
            double ofEnergies = spreadOfSquares > 0 ? varianceOf(energies) / (members * spreadOfSquares) : 1;
            return (Math.max(ofSums, ofEnergies) - 1) / deviation;
        }

        private static double varianceOf(double[] values) {
            double sum = 0;
            for (double v : values) {
                sum += v;
            }
            double mean = sum / values.length;
            double squares = 0;
            for (double v : values) {
                squares += (v - mean) * (v - mean);
            }
            return squares / (values.length - 1);
        }
    }
}
