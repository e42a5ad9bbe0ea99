/**
 * Perceptual hashing of neural network weights: layers in, fixed-length binary codes out.
 *
 * <p>The entry type is {@code ModelHasher}. Nothing here reads a file, opens a connection or knows of Kafka.
 */
package io.weighbridge.hash;
