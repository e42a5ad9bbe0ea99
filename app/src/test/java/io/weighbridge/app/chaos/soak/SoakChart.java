package io.weighbridge.app.chaos.soak;

import io.weighbridge.app.chaos.soak.SoakReport.Figure;
import io.weighbridge.app.evaluate.chart.TimeChart;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Draws one figure of every process over the time of a soak; a process that was started again begins a new line. */
final class SoakChart {

    /** Samples between two points of a line: a picture shows no more. */
    private static final int EVERY = 3;

    private SoakChart() {}

    static void write(Figure figure, Map<Long, List<ProcessSample>> lives, Path file) throws IOException {
        var lines = lives.values().stream().map(life -> line(figure, life)).toList();
        TimeChart.write("Soak: " + figure.label(), figure.label(), lines, file);
    }

    private static TimeChart.Line line(Figure figure, List<ProcessSample> life) {
        var points = IntStream.range(0, life.size())
                .filter(i -> i % EVERY == 0 || i == life.size() - 1)
                .mapToObj(life::get)
                .filter(sample -> figure.value().applyAsLong(sample) > 0)
                .map(sample ->
                        new double[] {sample.seconds() / 60.0, figure.value().applyAsLong(sample) / figure.unit()})
                .toList();
        String process = life.get(0).process();
        boolean isOfNote = Soak.SPARED.contains(process) || process.equals(Sampler.BROKER);
        return new TimeChart.Line(isOfNote ? process : "instances that were struck", points);
    }
}
