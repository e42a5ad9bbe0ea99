package io.weighbridge.hash;

/**
 * One look at all weights of a layer, row by row. What one look cannot tell, another may: {@link #next()}. So several algorithms share
 * every reading of a layer, and no one needs it whole in memory. For one thread.
 */
public interface LayerPass {

    /**
     * Takes the weights of one output: inputs × positions numbers, from {@code w[0]} on. Rows come in order, all of them, each once. Neither
     * keeps nor changes the array. If a weight is not finite, all that was seen is thrown away later.
     */
    void row(int output, float[] w);

    /** Called after the last row: the next look at the same layer, or null if what was seen is enough. */
    LayerPass next();
}
