package io.weighbridge.app.bench.pipeline;

/**
 * A matcher that starts again.
 *
 * @param how it ended before
 * @param entries of its part of the index, one for each code and place
 * @param indexBytes of memory that they take
 * @param readySeconds from the start of the process until it is ready
 * @param entriesPerSecond in that time, the start of the process included
 */
public record RestoreFigures(String how, long entries, long indexBytes, double readySeconds, double entriesPerSecond) {}
