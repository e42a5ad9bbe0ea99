package io.weighbridge.hash;

import java.util.ArrayList;
import java.util.List;

/** Reads a layer as often as its passes want, all of them at a time, in memory that does not grow with the layer. */
final class LayerReading {

    /** Layers of up to so many weights are read once and kept; larger ones are read slab by slab, once for each pass. */
    private static final int MAX_BUFFER = 1 << 22;

    /** Weights in a slab, at most, unless four rows have more. */
    private static final int SLAB = 1 << 18;

    private final int maxBuffer;
    private final int maxSlab;
    private float[] buffer = {};

    LayerReading() {
        this(MAX_BUFFER, SLAB);
    }

    /** @param maxBuffer largest layer that is kept */
    LayerReading(int maxBuffer, int maxSlab) {
        this.maxBuffer = maxBuffer;
        this.maxSlab = maxSlab;
    }

    /** Leads passes over a layer until none wants another look. */
    void lead(WeightLayer layer, List<LayerPass> passes) {
        var slabs = new Slabs(layer);
        var block = new RowBlock(layer);
        var wanting = passes;
        for (boolean isFirst = true; !wanting.isEmpty(); isFirst = false) {
            for (int from = 0; from < layer.outputs(); from += slabs.rows) {
                show(slabs.at(from), from, Math.min(slabs.rows, layer.outputs() - from), block, isFirst, wanting);
            }
            wanting = nextOf(wanting);
        }
    }

    private static void show(
            WeightSlab slab, int from, int count, RowBlock block, boolean isFirst, List<LayerPass> passes) {
        int length = block.tiling().length();
        for (int row = 0; row < count; row += RowBlock.ROWS) {
            block.load(slab.values(), slab.at() + row * length, from + row, Math.min(RowBlock.ROWS, count - row));
            if (isFirst) {
                block.measure();
            }
            block.bringNear(isFirst);
            for (var pass : passes) {
                pass.rows(block);
            }
        }
    }

    private static List<LayerPass> nextOf(List<LayerPass> passes) {
        var next = new ArrayList<LayerPass>();
        for (var pass : passes) {
            var another = pass.next();
            if (another != null) {
                next.add(another);
            }
        }
        return next;
    }

    /** The slabs of one layer; of a small one there is only one, which is kept. */
    private final class Slabs {

        private final WeightLayer layer;
        private final int rows;
        private final WeightSlab kept;

        Slabs(WeightLayer layer) {
            this.layer = layer;
            long length = Math.multiplyExact((long) layer.inputs(), layer.positions());
            boolean isKept = layer.size() <= maxBuffer;
            rows = isKept ? layer.outputs() : rowsOfSlab(layer.outputs(), length);
            if (buffer.length < rows * length) {
                buffer = new float[Math.toIntExact(rows * length)];
            }
            kept = isKept ? layer.slab(0, rows, buffer) : null;
        }

        /** Whole blocks of rows. */
        private int rowsOfSlab(int outputs, long length) {
            long blocks = Math.max(1, maxSlab / (length * RowBlock.ROWS));
            return (int) Math.min(outputs, blocks * RowBlock.ROWS);
        }

        WeightSlab at(int from) {
            return kept != null ? kept : layer.slab(from, Math.min(rows, layer.outputs() - from), buffer);
        }
    }
}
