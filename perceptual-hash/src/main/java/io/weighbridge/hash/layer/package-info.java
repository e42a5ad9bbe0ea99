/**
 * Evidence by layer: a code for each layer, and which layers of two models are the same.
 *
 * <p>The entry type is {@code LayerComparison}.
 */
package io.weighbridge.hash.layer;
