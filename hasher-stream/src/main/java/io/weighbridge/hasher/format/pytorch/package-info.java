/**
 * What PyTorch and pickle write: pickles that describe tensors and arrays, and the numbers of these. Nothing in a pickle is ever run.
 */
package io.weighbridge.hasher.format.pytorch;
