package io.weighbridge.app.bench;

import java.util.List;

/**
 * What hashing one network took, on one thread.
 *
 * @param sha256Instructions the processor's flag for them, or {@code unknown}
 * @param scanHeapBytes most heap in use while the file was scanned, garbage included
 */
public record HashFigures(
        NetworkShape network, int rounds, List<Timing> timings, String sha256Instructions, long scanHeapBytes) {

    public static final String PLAIN_READ = "plain read";
    public static final String SHA_256 = "SHA-256";

    public HashFigures {
        timings = List.copyOf(timings);
    }

    /** By the median, as all rates. */
    public double gigabytesPerSecond(Timing timing) {
        return (double) network.sizeBytes() / timing.medianNanos();
    }

    public double nanosPerWeight(Timing timing) {
        return (double) timing.medianNanos() / network.weights();
    }

    /** Its speed as a multiple of that of a plain read. */
    public double timesPlainRead(Timing timing) {
        return timesSpeedOf(PLAIN_READ, timing);
    }

    /** Its speed as a multiple of that of SHA-256. */
    public double timesSha256(Timing timing) {
        return timesSpeedOf(SHA_256, timing);
    }

    private double timesSpeedOf(String name, Timing timing) {
        return timings.stream()
                .filter(other -> other.name().equals(name))
                .mapToDouble(other -> (double) other.medianNanos() / timing.medianNanos())
                .findFirst()
                .orElseThrow();
    }
}
