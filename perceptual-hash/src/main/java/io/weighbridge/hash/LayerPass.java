package io.weighbridge.hash;

/**
 * One look at all weights of a layer, a few rows at a time. What one look cannot tell, another may: {@link #next()}. So several algorithms share
 * every reading of a layer, and no one needs it whole in memory. For one thread.
 */
public interface LayerPass {

    /**
     * Takes the weights of the next outputs: inputs × positions numbers each. Rows come in order, all of them, each once. If a weight is not
     * finite, all that was seen is thrown away later.
     */
    void rows(RowBlock rows);

    /** Called after the last row: the next look at the same layer, or null if what was seen is enough. */
    LayerPass next();
}
