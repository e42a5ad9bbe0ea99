package io.weighbridge.hash;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;

/**
 * Runs the benchmarks that JMH's own options choose, and writes one table for each class of them, in nanoseconds per weight: a line for each method, a
 * column for each value of its parameter. Numbers are the median of all iterations, which a busy moment moves least. Where there are two twins, a last
 * column says how many times as long the reference takes.
 */
public final class Benchmarks {

    private static final List<String> TWINS = List.of("reference", "blocked");

    private static final double MEDIAN = 50;

    private Benchmarks() {}

    public static void main(String[] args) throws CommandLineOptionException, RunnerException {
        print(new Runner(new CommandLineOptions(args)).run());
    }

    private static void print(Collection<RunResult> results) {
        var tables = new LinkedHashMap<String, Map<String, Map<String, Double>>>();
        for (var result : results) {
            String name = result.getParams().getBenchmark();
            int dot = name.lastIndexOf('.');
            String parameter = String.join(
                    " ",
                    result.getParams().getParamsKeys().stream()
                            .map(result.getParams()::getParam)
                            .toList());
            String title = name.substring(name.lastIndexOf('.', dot - 1) + 1, dot);
            tables.computeIfAbsent(title, key -> new LinkedHashMap<>())
                    .computeIfAbsent(name.substring(dot + 1), key -> new LinkedHashMap<>())
                    .put(parameter, result.getPrimaryResult().getStatistics().getPercentile(MEDIAN));
        }
        tables.forEach(Benchmarks::print);
    }

    private static void print(String title, Map<String, Map<String, Double>> lines) {
        var columns = lines.values().iterator().next().keySet();
        boolean areTwins = List.copyOf(columns).equals(TWINS);
        System.out.printf("%n%s, ns/weight%n", title);
        var header = new ArrayList<String>(columns);
        if (areTwins) {
            header.add("ratio");
        }
        print("", header);
        lines.forEach((method, scores) -> {
            var cells = new ArrayList<String>();
            scores.values().forEach(score -> cells.add(String.format(Locale.ROOT, "%.3f", score)));
            if (areTwins) {
                cells.add(String.format(Locale.ROOT, "%.2f", scores.get(TWINS.get(0)) / scores.get(TWINS.get(1))));
            }
            print(method, cells);
        });
    }

    private static void print(String first, List<String> cells) {
        var line = new StringBuilder(String.format("%-18s", first));
        cells.forEach(cell -> line.append(String.format("%12s", cell)));
        System.out.println(line);
    }
}
