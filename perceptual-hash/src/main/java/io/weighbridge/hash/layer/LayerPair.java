package io.weighbridge.hash.layer;

/**
 * A layer of one model and its nearest of another that was not nearer to a third.
 *
 * @param distanceBits Hamming distance of their codes
 * @param falseMatchRate an upper bound of the probability that some layer of an unrelated model comes this near, all comparable layers counted
 */
public record LayerPair(LayerCode a, LayerCode b, int distanceBits, double falseMatchRate) {

    /** The largest false match rate at which two layers count as the same: of 500 layers, one in twenty models has one by accident. */
    public static final double MATCH_RATE = 1e-4;

    /** Whether the two count as the same layer. */
    public boolean isMatch() {
        return falseMatchRate <= MATCH_RATE;
    }
}
