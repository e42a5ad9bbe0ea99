package io.weighbridge.hash.projection;

import io.weighbridge.hash.LayerPass;
import io.weighbridge.hash.SiteKey;
import io.weighbridge.hash.WeightLayer;
import java.util.Arrays;
import java.util.function.Consumer;

/**
 * A sparse random projection of one layer: each row to unit root mean square; w → sign(w)·w², clipped; less its mean over the row's inputs at
 * that kernel position, which unrelated networks share; then every number with a pseudo-random sign into one of n sums.
 *
 * <p>Number p of the layer goes to sum p mod n. The signs of n numbers in a row are neighbours in a long table, from a pseudo-random place on: so one
 * draw of the basis serves n weights.
 */
final class SparseProjection implements LayerPass {

    /** Rows with fewer inputs are not centred: little would be left of them. */
    private static final int MIN_CENTRED_INPUTS = 16;

    /** A table of signs is so much longer than the run of numbers that are signed with a part of it. */
    private static final int SIGNS = 1 << 16;

    private final Kernels kernels;
    private final int bits;
    private final int inputs;
    private final int positions;
    private final int length;
    private final BasisStream basis;
    private final float[] signs;
    private final float[] important;
    private final float[] means;
    private final float[] ones;
    private final float[] squares;
    private final RowRange range;
    private final float[] line;
    private final float[] lineSigns;
    private final float[] sums;
    private final Consumer<double[]> done;
    private int waiting;
    private long lines;

    /**
     * @param key decides where the signs of each line begin
     * @param signs the table for so many sums, of the same key
     * @param done takes the sums
     */
    SparseProjection(Kernels kernels, WeightLayer layer, SiteKey key, float[] signs, Consumer<double[]> done) {
        this.kernels = kernels;
        this.bits = signs.length - SIGNS;
        this.inputs = layer.inputs();
        this.positions = layer.positions();
        this.length = inputs * positions;
        this.basis = new BasisStream(key, "iwp", layer.outputs(), inputs, positions);
        this.signs = signs;
        this.important = new float[length];
        this.means = new float[length];
        this.ones = ones(length);
        this.squares = new float[length];
        this.range = new RowRange(length);
        this.line = new float[bits];
        this.lineSigns = new float[bits];
        this.sums = new float[bits];
        this.done = done;
    }

    private static float[] ones(int length) {
        var ones = new float[length];
        Arrays.fill(ones, 1);
        return ones;
    }

    /** The table of signs for so many sums, a power of two up to 2¹⁶. */
    static float[] signs(SiteKey key, int bits) {
        var table = new BasisStream(key, "iwp signs");
        var signs = new float[SIGNS + bits];
        for (int i = 0; i < signs.length; i++) {
            signs[i] = (table.bits(i / Long.SIZE) >>> (i % Long.SIZE) & 1) == 0 ? 1 : -1;
        }
        return signs;
    }

    @Override
    public void row(int output, float[] w) {
        float energy = kernels.energies(w, ones, squares, length);
        int exponent = RowRange.exponent(energy, w, length);
        float[] row = range.times(exponent, w, length);
        if (exponent != 0) {
            energy = kernels.energies(row, ones, squares, length);
        }
        kernels.square(row, energy > 0 ? (float) (1 / Math.sqrt(energy / length)) : 0, important, length);
        if (inputs >= MIN_CENTRED_INPUTS) {
            findMeans();
            kernels.addScaled(important, -1, means, length);
        }
        for (int from = 0; from < length; ) {
            int count = Math.min(bits - waiting, length - from);
            System.arraycopy(important, from, line, waiting, count);
            waiting += count;
            from += count;
            if (waiting == bits) {
                addLine();
            }
        }
    }

    /** The mean at each position, repeated along the row. */
    private void findMeans() {
        kernels.sumsByPosition(important, positions, means, 0, length);
        for (int k = 0; k < positions; k++) {
            means[k] /= inputs;
        }
        for (int filled = positions; filled < length; filled *= 2) {
            System.arraycopy(means, 0, means, filled, Math.min(filled, length - filled));
        }
    }

    private void addLine() {
        int firstSign = (int) basis.bits(lines++) & SIGNS - 1;
        System.arraycopy(signs, firstSign, lineSigns, 0, waiting);
        kernels.addSigned(sums, line, lineSigns, waiting);
        waiting = 0;
    }

    @Override
    public LayerPass next() {
        addLine();
        var projection = new double[bits];
        for (int i = 0; i < bits; i++) {
            projection[i] = sums[i];
        }
        done.accept(projection);
        return null;
    }
}
