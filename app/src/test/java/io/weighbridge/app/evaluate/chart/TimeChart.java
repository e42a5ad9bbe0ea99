package io.weighbridge.app.evaluate.chart;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import org.jfree.chart.LegendItem;
import org.jfree.chart.LegendItemCollection;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.data.xy.XYSeries;
import org.jfree.data.xy.XYSeriesCollection;

/** Draws figures over time: lines of one name have one colour and one place in the legend. */
public final class TimeChart {

    private static final int WIDTH = 860;
    private static final int HEIGHT = 420;

    /**
     * A line without gaps.
     *
     * @param points minutes and figures, in time order
     */
    public record Line(String name, List<double[]> points) {}

    private TimeChart() {}

    /** Writes a chart whose figures begin at 0. */
    public static void write(String title, String unit, List<Line> lines, Path file) throws IOException {
        var data = new XYSeriesCollection();
        var renderer = new XYLineAndShapeRenderer(true, false);
        var colours = new LinkedHashMap<String, Integer>();
        var legend = new LegendItemCollection();
        for (var line : lines) {
            int drawn = data.getSeriesCount();
            data.addSeries(series(line, drawn));
            if (colours.putIfAbsent(line.name(), colours.size()) == null) {
                legend.add(new LegendItem(line.name(), Style.colour(colours.get(line.name()))));
            }
            renderer.setSeriesPaint(drawn, Style.colour(colours.get(line.name())));
            renderer.setSeriesStroke(drawn, Style.line(1.6f));
        }
        var across = Style.numbers("minutes", 0, Math.max(1, data.getDomainUpperBound(false)));
        var up = Style.numbers(unit, 0, Math.max(1, 1.1 * data.getRangeUpperBound(false)));
        var plot = new XYPlot(data, across, up, renderer);
        plot.setFixedLegendItems(legend);
        Style.grid(plot);
        SvgFile.write(Style.chart(title, plot, true), WIDTH, HEIGHT, file);
    }

    private static XYSeries series(Line line, int number) {
        var series = new XYSeries(number);
        line.points().forEach(point -> series.add(point[0], point[1]));
        return series;
    }
}
