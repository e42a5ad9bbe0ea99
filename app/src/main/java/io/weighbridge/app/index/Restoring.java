package io.weighbridge.app.index;

/**
 * How far a store has been read back from its changelog.
 *
 * @param restored records so far
 * @param toRestore records in all, as counted when it began
 */
public record Restoring(long restored, long toRestore) {}
