package io.weighbridge.hash;

/**
 * Rows of a weight layer, one after the other, somewhere in an array. Its readers change nothing.
 *
 * @param at index of the first weight
 */
public record WeightSlab(float[] values, int at) {}
