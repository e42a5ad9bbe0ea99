package io.weighbridge.hash.search;

/**
 * Where codes meet: a substring position and, in {@link SearchMode#INDEX}, the high bits of the substrings kept there.
 *
 * @param position 0 to the number of substrings, exclusive
 * @param group the high bits as a number; 0 if the plan has no prefix bits
 */
public record Place(int position, long group) {}
