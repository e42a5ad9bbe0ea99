/**
 * What PyTorch and NumPy write as pickles, and the numbers beside or inside these. The pickles are read by {@link io.weighbridge.hasher.format.pickle}.
 */
package io.weighbridge.hasher.format.pytorch;
