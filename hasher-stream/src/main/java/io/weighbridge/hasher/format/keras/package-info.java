/** Keras models: HDF5 files of Keras 1 to 3, whole or weights alone, and the archives of Keras 3. */
package io.weighbridge.hasher.format.keras;
