package io.weighbridge.app.bench.search;

import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * What FAISS needs for the same queries on one thread: nanoseconds a query, in one call for all queries.
 *
 * @param version of FAISS
 * @param flatNanos {@code IndexBinaryFlat}
 * @param hashNanos {@code IndexBinaryMultiHash} with as many flips as find everything; empty if that many look-ups are not worth a try
 * @param hashes tables of the fastest one
 * @param flips in each table
 * @param recall of that one; empty if there is none
 */
public record FaissFigures(
        String version, long flatNanos, OptionalLong hashNanos, int hashes, int flips, OptionalDouble recall) {}
