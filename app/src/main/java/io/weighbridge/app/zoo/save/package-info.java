/**
 * Writers of model files: the same tensors in every format that Weighbridge reads, laid out as the format's own framework lays them. The
 * evaluation saves the networks of its library with them.
 */
package io.weighbridge.app.zoo.save;
