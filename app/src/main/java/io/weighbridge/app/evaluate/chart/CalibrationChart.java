package io.weighbridge.app.evaluate.chart;

import io.weighbridge.app.evaluate.figures.CalibrationPoint;
import io.weighbridge.app.evaluate.figures.ColumnCurves;
import java.util.List;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.DeviationRenderer;
import org.jfree.data.xy.YIntervalSeries;
import org.jfree.data.xy.YIntervalSeriesCollection;

/** How often strangers come within a distance: as predicted, and as seen with its 95 % interval. Above the diagonal the prediction was too low. */
final class CalibrationChart {

    /** Points nearer than this to the last one, as a factor, are left out: they would lie on each other. */
    private static final double STEP = 1.12;

    private CalibrationChart() {}

    static JFreeChart of(String title, List<ColumnCurves> columns) {
        var data = new YIntervalSeriesCollection();
        var renderer = new DeviationRenderer(true, false);
        renderer.setAlpha(.18f);
        double least = .1;
        for (var column : columns) {
            for (var point : column.calibration()) {
                least = point.observed() > 0 ? Math.min(least, 1.0 / point.pairs()) : least;
            }
        }
        double from = Math.pow(10, Math.floor(Math.log10(least)) - 1);
        for (int c = 0; c < columns.size(); c++) {
            data.addSeries(series(columns.get(c), from));
            renderer.setSeriesPaint(c, Style.colour(c + 1));
            renderer.setSeriesFillPaint(c, Style.colour(c + 1));
            renderer.setSeriesStroke(c, Style.line(2));
        }
        data.addSeries(diagonal(from));
        renderer.setSeriesPaint(columns.size(), Style.STRANGERS);
        renderer.setSeriesFillPaint(columns.size(), Style.STRANGERS);
        renderer.setSeriesStroke(columns.size(), Style.dashed(1.5f));
        var plot = new XYPlot(
                data,
                Style.powers("false match rate, predicted", from, 1),
                Style.powers("false match rate, seen", from, 1),
                renderer);
        Style.grid(plot);
        return Style.chart(title, plot, true);
    }

    private static YIntervalSeries series(ColumnCurves column, double from) {
        var series = new YIntervalSeries(column.title());
        double last = 0;
        for (CalibrationPoint point : column.calibration()) {
            if (point.observed() > 0 && point.predicted() >= from && point.predicted() > last * STEP) {
                series.add(point.predicted(), point.observedRate(), Math.max(from, point.low()), point.high());
                last = point.predicted();
            }
        }
        return series;
    }

    private static YIntervalSeries diagonal(double from) {
        var series = new YIntervalSeries("as predicted");
        series.add(from, from, from, from);
        series.add(1, 1, 1, 1);
        return series;
    }
}
