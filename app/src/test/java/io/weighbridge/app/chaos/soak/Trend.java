package io.weighbridge.app.chaos.soak;

import java.util.List;
import java.util.function.ToLongFunction;

/**
 * How a figure of a process went while the process lived, after it had settled.
 *
 * @param perHour slope of the line that fits best (least squares)
 * @param minutes that the samples span
 */
record Trend(String process, double minutes, long first, long last, long most, double perHour) {

    /** The time that a JVM takes to load and compile what it needs. */
    private static final long SETTLING_SECONDS = 15 * 60;

    /** A trend over less says nothing. */
    private static final int FEWEST = 30;

    static boolean isLongEnough(List<ProcessSample> life) {
        return settled(life).size() >= FEWEST;
    }

    /** @param life samples of one process, oldest first, enough of them */
    static Trend of(List<ProcessSample> life, ToLongFunction<ProcessSample> figure) {
        var settled = settled(life);
        var last = settled.get(settled.size() - 1);
        var first = settled.get(0);
        double meanX =
                settled.stream().mapToLong(ProcessSample::seconds).average().orElseThrow();
        double meanY = settled.stream().mapToLong(figure).average().orElseThrow();
        double covariance = 0;
        double variance = 0;
        for (var sample : settled) {
            double x = sample.seconds() - meanX;
            covariance += x * (figure.applyAsLong(sample) - meanY);
            variance += x * x;
        }
        return new Trend(
                first.process(),
                (last.seconds() - first.seconds()) / 60.0,
                figure.applyAsLong(first),
                figure.applyAsLong(last),
                settled.stream().mapToLong(figure).max().orElseThrow(),
                covariance / variance * 3600);
    }

    private static List<ProcessSample> settled(List<ProcessSample> life) {
        long from = life.get(0).seconds() + SETTLING_SECONDS;
        return life.stream().filter(sample -> sample.seconds() >= from).toList();
    }
}
