/**
 * Codes that are signs of pseudo-random projections: {@code iwp@2} of the weights in their order, {@code pri@3} of what neither the order nor
 * the scale of channels can change.
 */
package io.weighbridge.hash.projection;
