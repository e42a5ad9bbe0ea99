/** Keras models in HDF5: whole models and weights alone, as Keras 1 and 2, and the legacy mode of Keras 3, write them. */
package io.weighbridge.hasher.format.keras;
