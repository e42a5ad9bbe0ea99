package io.weighbridge.app.bench;

import java.io.IOException;

/** Something to be timed. */
record Contender(String name, Run run) {

    /** Does the work once. */
    interface Run {

        /** Wall time that counts. */
        long nanos() throws IOException;
    }

    interface Work {
        void run() throws IOException;
    }

    /** All of the work counts. */
    static Contender of(String name, Work work) {
        return new Contender(name, () -> {
            long start = System.nanoTime();
            work.run();
            return System.nanoTime() - start;
        });
    }
}
