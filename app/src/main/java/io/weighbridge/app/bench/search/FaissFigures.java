package io.weighbridge.app.bench.search;

import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * What FAISS needs for the same queries on one thread: nanoseconds a query, all queries in one call.
 *
 * @param version of FAISS
 * @param flatNanos {@code IndexBinaryFlat}
 * @param flatRecall share of the pairs it found
 * @param hashNanos the fastest {@code IndexBinaryMultiHash} with as many flips as find everything; empty if that takes too many look-ups
 * @param hashes its tables
 * @param flips in each of them
 * @param buildNanos to add all codes to it; empty if there is none
 * @param hashRecall share of the pairs it found; empty if there is none
 */
public record FaissFigures(
        String version,
        long flatNanos,
        double flatRecall,
        OptionalLong hashNanos,
        int hashes,
        int flips,
        OptionalLong buildNanos,
        OptionalDouble hashRecall) {}
