package io.weighbridge.app.chaos.soak;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToLongFunction;

/** Draws the samples of a soak, and puts its figures into a table. */
final class SoakReport {

    private static final double MIB = 1 << 20;

    private static final List<Figure> FIGURES = List.of(
            new Figure("memory", "resident memory in MiB", ProcessSample::residentBytes, MIB),
            new Figure("heap", "heap left after a full collection in MiB", ProcessSample::liveBytes, MIB),
            new Figure("handles", "open file handles", ProcessSample::handles, 1),
            new Figure("threads", "threads", ProcessSample::threads, 1),
            new Figure("disk", "data folder in MiB", ProcessSample::diskBytes, MIB));

    /** A column of the samples, in a unit for people. */
    record Figure(String id, String label, ToLongFunction<ProcessSample> value, double unit) {}

    private SoakReport() {}

    /** Writes {@code soak-FIGURE.svg} and {@code soak.md} into the folder; returns what is in the latter. */
    static String write(Soak.Result result, Path samples, Path folder) throws IOException {
        String text = counts(result) + "\n" + draw(samples, folder);
        Files.writeString(folder.resolve("soak.md"), text);
        return text;
    }

    /** Draws what was sampled and returns the table of trends. */
    static String draw(Path samples, Path folder) throws IOException {
        var lives = lives(samples);
        for (var figure : FIGURES) {
            SoakChart.write(figure, lives, folder.resolve("soak-" + figure.id() + ".svg"));
        }
        return trends(lives);
    }

    private static String counts(Soak.Result result) {
        var reckoning = result.reckoning();
        return "uploads " + reckoning.uploads() + ", alerts due " + reckoning.expected() + ", found "
                + reckoning.found() + ", dead letters " + reckoning.deadLetters() + ", lost " + reckoning.allLost()
                + ", doubled " + reckoning.allDoubled() + ", wrong " + reckoning.allWrong() + ", revived "
                + result.deaths() + ", " + (result.isDrained() ? "drained" : "NOT DRAINED") + "\nfaults "
                + result.strikes() + "\n"
                + reckoning.examples().stream()
                        .map(example -> "    " + example + "\n")
                        .reduce("", String::concat);
    }

    /** One list for each process that lived, in the order of their first samples: a restart is another. */
    private static Map<Long, List<ProcessSample>> lives(Path samples) throws IOException {
        var lives = new LinkedHashMap<Long, List<ProcessSample>>();
        try (var lines = Files.lines(samples)) {
            lines.skip(1)
                    .map(ProcessSample::parse)
                    .forEach(sample -> lives.computeIfAbsent(sample.pid(), pid -> new ArrayList<>())
                            .add(sample));
        }
        return lives;
    }

    private static String trends(Map<Long, List<ProcessSample>> lives) {
        var table = new StringBuilder("| process | minutes | figure | first | last | most | slope an hour |\n"
                + "|---|--:|---|--:|--:|--:|--:|\n");
        for (var life : lives.values()) {
            if (Trend.isLongEnough(life)) {
                FIGURES.forEach(figure -> table.append(row(figure, Trend.of(life, figure.value()))));
            }
        }
        return table.toString();
    }

    private static String row(Figure figure, Trend trend) {
        return String.format(
                Locale.ROOT,
                "| %s | %.0f | %s | %.0f | %.0f | %.0f | %+.1f |%n",
                trend.process(),
                trend.minutes(),
                figure.label(),
                trend.first() / figure.unit(),
                trend.last() / figure.unit(),
                trend.most() / figure.unit(),
                trend.perHour() / figure.unit());
    }
}
