package io.weighbridge.app.evaluate.library;

import java.io.IOException;

/**
 * Those who work at a library at a time. Deeplearning4j frees memory that its garbage-collected arrays own; a collection that one thread
 * causes while another is in native code can free what that one works with. So there is one worker a process.
 */
interface Crew {

    /** Starts to work. */
    Worker hire() throws IOException;

    /** Does one thing at a time. */
    interface Worker extends AutoCloseable {

        /**
         * Does what is missing of a phase of a family.
         *
         * @param afterModel called whenever a model was made
         * @throws WorkerLostException if somebody else may take over
         */
        void work(Phase phase, Family family, Runnable afterModel) throws IOException;

        @Override
        void close();
    }

    /** A worker's process ended without a word, as after a crash of native code. */
    final class WorkerLostException extends IOException {
        WorkerLostException(String message) {
            super(message);
        }
    }
}
