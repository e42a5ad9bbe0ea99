package io.weighbridge.hash.projection;

import io.weighbridge.hash.LayerPass;
import io.weighbridge.hash.RowBlock;
import io.weighbridge.hash.SiteKey;
import io.weighbridge.hash.Tiling;
import io.weighbridge.hash.WeightLayer;
import java.util.Arrays;
import java.util.function.Consumer;

/**
 * A sparse random projection of one layer: each row to unit root mean square; w → sign(w)·w², clipped; less its mean over the row's inputs at
 * that kernel position, which unrelated networks share; then every number with a pseudo-random sign into one of n sums.
 *
 * <p>The tiles of the rows are added in turn to some tiles of sums, whose numbers, one after the other, are added to the n sums at the end. The signs of a
 * tile are neighbours in a long table, from a pseudo-random place on: so one draw of the basis serves all of its weights.
 */
final class SparseProjection implements LayerPass {

    /** Rows with fewer inputs are not centred: little would be left of them. */
    private static final int MIN_CENTRED_INPUTS = 16;

    /** A table of signs is so much longer than the run of numbers that are signed with a part of it. */
    private static final int SIGNS = 1 << 16;

    /** Numbers in all tiles of sums together, for each sum: enough for the sums to get nearly equally many. */
    private static final int SPREAD = 8;

    private final Kernels kernels;
    private final int bits;
    private final int inputs;
    private final int positions;
    private final Tiling tiling;
    private final BasisStream basis;
    private final float[] signs;
    private final float[][] important;
    private final float[] lanes;
    private final float[] means;
    private final float[] tileSigns;
    private final float[][] sums;
    private final Consumer<double[]> done;
    private long tiles;

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
        this.tiling = Tiling.ofRows(layer);
        this.basis = new BasisStream(key, "iwp", layer.outputs(), inputs, positions);
        this.signs = signs;
        this.important = tiling.zeros();
        this.lanes = new float[tiling.longest()];
        this.means = new float[tiling.longest()];
        this.tileSigns = new float[tiling.longest()];
        this.sums = new float[(SPREAD * bits + tiling.longest() - 1) / tiling.longest()][tiling.longest()];
        this.done = done;
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
    public void rows(RowBlock rows) {
        for (int r = 0; r < rows.count(); r++) {
            float energy = rows.energy(r);
            float scale = energy > 0 ? (float) (1 / Math.sqrt(energy / tiling.length())) : 0;
            for (int t = 0; t < tiling.tiles(); t++) {
                kernels.square(rows.near(t)[r], scale, important[t], tiling.length(t));
            }
            if (inputs >= MIN_CENTRED_INPUTS) {
                findMeans();
            }
            for (int t = 0; t < tiling.tiles(); t++) {
                add(important[t], tiling.length(t));
            }
        }
    }

    /** The mean at each position, repeated. */
    private void findMeans() {
        Arrays.fill(lanes, 0);
        for (int t = 0; t < tiling.tiles(); t++) {
            kernels.add(lanes, important[t], tiling.length(t));
        }
        kernels.sumsByPosition(lanes, positions, means, 0, lanes.length);
        for (int k = 0; k < positions; k++) {
            means[k] /= inputs;
        }
        for (int filled = positions; filled < means.length; filled *= 2) {
            System.arraycopy(means, 0, means, filled, Math.min(filled, means.length - filled));
        }
    }

    private void add(float[] tile, int n) {
        for (int from = 0; from < n; from += bits) {
            int firstSign = (int) basis.bits(tiles * SPREAD * bits + from) & SIGNS - 1;
            System.arraycopy(signs, firstSign, tileSigns, from, Math.min(bits, n - from));
        }
        kernels.addSigned(sums[(int) (tiles % sums.length)], tile, means, tileSigns, n);
        tiles++;
    }

    @Override
    public LayerPass next() {
        var projection = new double[bits];
        int at = 0;
        for (var tile : sums) {
            for (float sum : tile) {
                projection[at++ % bits] += sum;
            }
        }
        done.accept(projection);
        return null;
    }
}
