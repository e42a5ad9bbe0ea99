package io.weighbridge.hash;

import java.util.ArrayList;
import java.util.List;

/** Reads a layer as often as its passes want, all of them at a time, in memory that does not grow with the layer. */
final class LayerReading {

    /** Layers of up to so many weights are read once and kept; larger ones are read slab by slab, once for each pass. */
    static final int MAX_BUFFER = 1 << 22;

    /** Weights in a slab: they should still be near when the last of the passes looks at them. */
    private static final int SLAB = 1 << 16;

    private float[] buffer = {};

    /** Every row is brought to the start of one array: only loops over equal indices become vector instructions. */
    private float[] row = {};

    /** Leads passes over a layer until none wants another look. */
    void lead(WeightLayer layer, List<LayerPass> passes) {
        int length = Math.multiplyExact(layer.inputs(), layer.positions());
        boolean isKept = layer.size() <= MAX_BUFFER;
        int rows = isKept ? layer.outputs() : Math.max(1, Math.min(layer.outputs(), SLAB / length));
        buffer = grown(buffer, rows * (long) length);
        row = grown(row, length);
        var wanting = passes;
        var kept = isKept ? layer.slab(0, rows, buffer) : null;
        while (!wanting.isEmpty()) {
            for (int from = 0; from < layer.outputs(); from += rows) {
                int count = Math.min(rows, layer.outputs() - from);
                var slab = isKept ? kept : layer.slab(from, count, buffer);
                for (int i = 0; i < count; i++) {
                    System.arraycopy(slab.values(), slab.at() + i * length, row, 0, length);
                    for (var pass : wanting) {
                        pass.row(from + i, row);
                    }
                }
            }
            wanting = nextOf(wanting);
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

    private static float[] grown(float[] array, long size) {
        return array.length >= size ? array : new float[Math.toIntExact(size)];
    }
}
