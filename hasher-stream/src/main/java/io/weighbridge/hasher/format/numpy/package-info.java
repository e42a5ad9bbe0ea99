/** NumPy arrays, single (.npy) or many in a zip archive (.npz). Pickled arrays are refused, never unpickled. */
package io.weighbridge.hasher.format.numpy;
