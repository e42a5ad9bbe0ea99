package io.weighbridge.app.bench;

import java.io.IOException;

/** Something to be timed. */
public record Contender(String name, Run run) {

    /** Does the work once. */
    public interface Run {

        /** Wall time that counts. */
        long nanos() throws IOException;
    }

    /** Work of which all is timed. */
    public interface Work {
        /** Does the work once. */
        void run() throws IOException;
    }

    /** All of the work counts. */
    public static Contender of(String name, Work work) {
        return new Contender(name, () -> {
            long start = System.nanoTime();
            work.run();
            return System.nanoTime() - start;
        });
    }
}
