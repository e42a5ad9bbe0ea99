package io.weighbridge.hash;

import java.util.Arrays;

/**
 * How runs of numbers are cut into tiles that stay near while several things are done to them: all of one length but the last, which may be
 * shorter. Each tile is an array of its own, because only loops over equal indices become vector instructions.
 */
public final class Tiling {

    /** Long enough for a vector loop to pay, and short enough for a dozen tiles to stay near. */
    private static final int SHORTEST = 128;

    private static final int LONGEST = 512;

    /** Numbers in a vector. */
    private static final int VECTOR = 16;

    private final int length;
    private final int tile;

    /** @param unit tiles are multiples of it, except that the last may be a smaller one */
    public Tiling(int length, int unit) {
        this.length = length;
        int aim = Math.max(SHORTEST, Math.min(LONGEST, length / 4));
        int step = unit * VECTOR <= aim ? unit * VECTOR : unit;
        this.tile = Math.min(length, Math.max(1, aim / step) * step);
    }

    /** Tiles of a row of the layer, each of whole kernels. */
    public static Tiling ofRows(WeightLayer layer) {
        return new Tiling(Math.multiplyExact(layer.inputs(), layer.positions()), layer.positions());
    }

    /** Numbers in all tiles together. */
    public int length() {
        return length;
    }

    public int tiles() {
        return (length + tile - 1) / tile;
    }

    /** Numbers in the longest tile, which is the first. */
    public int longest() {
        return tile;
    }

    /** Numbers in one tile. */
    public int length(int index) {
        return Math.min(tile, length - index * tile);
    }

    /** Tiles of zeros. */
    public float[][] zeros() {
        var tiles = new float[tiles()][];
        Arrays.setAll(tiles, index -> new float[length(index)]);
        return tiles;
    }
}
