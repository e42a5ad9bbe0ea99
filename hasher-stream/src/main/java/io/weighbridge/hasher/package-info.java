/** Uploads to codes: fetch the bytes, read the model format, hash the weights, as a Kafka Streams topology. */
package io.weighbridge.hasher;
