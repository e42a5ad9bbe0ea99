/**
 * Uploads to codes: fetch the bytes, read the model format, hash the weights, as a Kafka Streams topology.
 *
 * <p>{@link io.weighbridge.hasher.HasherTopology} is the way in; {@link io.weighbridge.hasher.ModelScanner} is what happens to one file, and
 * needs no Kafka. Why requests wait in a store and scans run in a pool: {@code docs/adr/0006-pending-store-and-worker-pool.md}.
 */
package io.weighbridge.hasher;
