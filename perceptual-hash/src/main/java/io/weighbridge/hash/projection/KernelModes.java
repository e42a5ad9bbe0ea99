package io.weighbridge.hash.projection;

/**
 * The lowest modes of a kernel's discrete cosine transform, at most 3 × 3: smooth kernels live there, and kernels of any size get
 * comparable numbers. A square number of positions is taken as a square kernel, any other as a line.
 */
final class KernelModes {

    private static final int SIDE = 3;

    private final int positions;
    private final int modes;
    private final double[] matrix;

    private KernelModes(int positions, int modes, double[] matrix) {
        this.positions = positions;
        this.modes = modes;
        this.matrix = matrix;
    }

    static KernelModes of(int positions) {
        int side = (int) Math.round(Math.sqrt(positions));
        if (side * side != positions) {
            int modes = modes(positions);
            return new KernelModes(positions, modes, line(positions, modes));
        }
        int perSide = Math.min(SIDE, side);
        double[] line = line(side, perSide);
        var matrix = new double[positions * perSide * perSide];
        for (int k = 0; k < positions; k++) {
            for (int m = 0; m < perSide * perSide; m++) {
                matrix[k * perSide * perSide + m] =
                        line[k / side * perSide + m / perSide] * line[k % side * perSide + m % perSide];
            }
        }
        return new KernelModes(positions, perSide * perSide, matrix);
    }

    /** How many modes a kernel of so many positions has: at most 9. */
    static int modes(int positions) {
        return Math.min(SIDE * SIDE, positions);
    }

    int modes() {
        return modes;
    }

    /** {@code positions} rows, {@code modes()} columns. */
    double[] matrix() {
        return matrix;
    }

    /** The modes of {@code count} kernels that follow each other. */
    double[] of(double[] kernels) {
        int count = kernels.length / positions;
        var result = new double[count * modes];
        for (int c = 0; c < count; c++) {
            for (int k = 0; k < positions; k++) {
                double v = kernels[c * positions + k];
                for (int m = 0; m < modes; m++) {
                    result[c * modes + m] += v * matrix[k * modes + m];
                }
            }
        }
        return result;
    }

    private static double[] line(int positions, int modes) {
        var matrix = new double[positions * modes];
        for (int k = 0; k < positions; k++) {
            for (int m = 0; m < modes; m++) {
                matrix[k * modes + m] = StrictMath.cos(Math.PI * (k + .5) * m / positions)
                        * Math.sqrt((m == 0 ? 1.0 : 2.0) / positions);
            }
        }
        return matrix;
    }
}
