package io.weighbridge.hash.projection;

import io.weighbridge.hash.RowBlock;
import io.weighbridge.hash.Tiling;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Numbers that describe each channel of one side of a layer: some features, each with a number a channel, in tiles. */
final class Channels {

    private final Kernels kernels;
    private final Tiling tiling;
    private final List<float[][]> features;

    /** @param features tiles of each; not changed afterwards */
    Channels(Kernels kernels, Tiling tiling, List<float[][]> features) {
        this.kernels = kernels;
        this.tiling = tiling;
        this.features = List.copyOf(features);
    }

    /** From a row a channel, {@code width} numbers each. */
    static Channels ofRows(Kernels kernels, float[] rows, int width) {
        var tiling = new Tiling(rows.length / width, 1);
        var features = new ArrayList<float[][]>();
        for (int j = 0; j < width; j++) {
            var tiles = tiling.zeros();
            int at = j;
            for (var tile : tiles) {
                for (int c = 0; c < tile.length; c++) {
                    tile[c] = rows[at];
                    at += width;
                }
            }
            features.add(tiles);
        }
        return new Channels(kernels, tiling, features);
    }

    float get(int channel, int feature) {
        return features.get(feature)[channel / tiling.longest()][channel % tiling.longest()];
    }

    Tiling tiling() {
        return tiling;
    }

    float[][] feature(int feature) {
        return features.get(feature);
    }

    int width() {
        return features.size();
    }

    /** Each feature less its mean. */
    Channels centred() {
        return copy().centre();
    }

    /** Each feature less its mean and in units of its deviation; a feature that hardly varies is left in its own units. */
    Channels standardised() {
        var result = centred();
        for (var tiles : result.features) {
            double sum = 0;
            for (var tile : tiles) {
                for (float v : tile) {
                    sum += (double) v * v;
                }
            }
            double deviation = Math.sqrt(sum / tiling.length());
            if (deviation > 1e-5) {
                multiply(tiles, (float) (1 / deviation));
            }
        }
        return result;
    }

    private Channels copy() {
        var copies = new ArrayList<float[][]>();
        for (var tiles : features) {
            var copy = new float[tiles.length][];
            Arrays.setAll(copy, t -> tiles[t].clone());
            copies.add(copy);
        }
        return new Channels(kernels, tiling, copies);
    }

    /** Takes the means away in place: for features that nobody else has yet. Returns this. */
    Channels centre() {
        for (var tiles : features) {
            double sum = 0;
            for (var tile : tiles) {
                sum += kernels.sum(tile, tile.length);
            }
            float mean = (float) (sum / tiling.length());
            for (var tile : tiles) {
                for (int j = 0; j < tile.length; j++) {
                    tile[j] -= mean;
                }
            }
        }
        return this;
    }

    private static void multiply(float[][] tiles, float factor) {
        for (var tile : tiles) {
            for (int j = 0; j < tile.length; j++) {
                tile[j] *= factor;
            }
        }
    }

    /** As many features as the matrix, of a row a feature of this, has columns: sums of these times its entries. */
    Channels times(double[] matrix, int columns) {
        var products = new ArrayList<float[][]>();
        for (int m = 0; m < columns; m++) {
            var product = tiling.zeros();
            addTimes(matrix, columns, m, product);
            products.add(product);
        }
        return new Channels(kernels, tiling, products);
    }

    /** Adds the sums of the features times the entries of a column to the product. */
    void addTimes(double[] matrix, int columns, int column, float[][] product) {
        var rows = new float[RowBlock.ROWS][];
        for (int from = 0; from < width(); from += RowBlock.ROWS) {
            var factors = new float[RowBlock.ROWS];
            for (int r = 0; r < RowBlock.ROWS && from + r < width(); r++) {
                factors[r] = (float) matrix[(from + r) * columns + column];
            }
            for (int t = 0; t < product.length; t++) {
                for (int r = 0; r < RowBlock.ROWS; r++) {
                    rows[r] = features.get(Math.min(from + r, width() - 1))[t];
                }
                kernels.addRows(product[t], rows, factors, product[t].length);
            }
        }
    }

    /** Both descriptions of each channel side by side. */
    Channels beside(Channels other) {
        var both = new ArrayList<>(features);
        both.addAll(other.features);
        return new Channels(kernels, tiling, both);
    }

    /** Random waves of each channel's numbers, centred over the channels. */
    Channels waves(String purpose, int count, double frequency) {
        return new Waves(kernels, this, purpose, count, frequency).all();
    }

    /**
     * products[at + b] = Σ_c other[c] · this[c, b] for every feature b.
     *
     * @param lanes two tiles, overwritten
     */
    void products(float[][] other, float[][] lanes, double[] products, int at) {
        for (int b = 0; b < width(); b += 2) {
            int next = Math.min(b + 1, width() - 1);
            Arrays.fill(lanes[0], 0);
            Arrays.fill(lanes[1], 0);
            for (int t = 0; t < other.length; t++) {
                kernels.addProducts(lanes[0], lanes[1], other[t], feature(b)[t], feature(next)[t], other[t].length);
            }
            products[at + b] = kernels.sum(lanes[0], tiling.longest());
            products[at + next] = kernels.sum(lanes[1], tiling.longest());
        }
    }

    /** Two tiles for {@link #products}. */
    float[][] lanes() {
        return new float[2][tiling.longest()];
    }
}
