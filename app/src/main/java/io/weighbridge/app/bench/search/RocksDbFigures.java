package io.weighbridge.app.bench.search;

import java.util.OptionalLong;

/**
 * What the same searches cost in RocksDB: nanoseconds of one thread for one query, the mean of a few queries, the median of the rounds.
 *
 * @param lookupNanos empty if there are too many look-ups to be worth a try
 * @param recall the least of both ways
 */
public record RocksDbFigures(OptionalLong lookupNanos, long scanNanos, double recall) {}
