/** PyTorch's zip files: a pickle that describes tensors, and one entry of numbers for each storage. Nothing in the pickle is ever run. */
package io.weighbridge.hasher.format.pytorch;
