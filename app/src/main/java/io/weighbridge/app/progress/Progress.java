package io.weighbridge.app.progress;

/** Told how far a long step has come. Called by several threads, one at a time. */
@FunctionalInterface
public interface Progress {

    /**
     * {@code done} of {@code total} are done.
     *
     * @param step what is being done, e.g. {@code hashing}
     */
    void at(String step, int done, int total);
}
