package io.weighbridge.app.evaluate.chart;

import io.weighbridge.app.evaluate.figures.ColumnCurves;
import io.weighbridge.app.evaluate.figures.Roc;
import java.util.List;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.axis.NumberTickUnit;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.XYStepRenderer;
import org.jfree.data.xy.XYSeries;
import org.jfree.data.xy.XYSeriesCollection;

/** What share of the copies is caught at each false match rate, a line for each column. */
final class RocChart {

    private RocChart() {}

    static JFreeChart of(String title, List<ColumnCurves> columns) {
        var data = new XYSeriesCollection();
        var renderer = new XYStepRenderer();
        double least = .1;
        for (int c = 0; c < columns.size(); c++) {
            data.addSeries(series(columns.get(c)));
            renderer.setSeriesPaint(c, Style.colour(c));
            renderer.setSeriesStroke(c, Style.line(c == 0 ? 2.6f : 1.8f));
            least = Math.min(least, columns.get(c).roc().get(0).falseMatchRate());
        }
        var plot = new XYPlot(
                data,
                Style.powers("false match rate: share of the strangers that match", least, 1),
                Style.numbers("share of the copies caught", 0, 1.01),
                renderer);
        ((NumberAxis) plot.getRangeAxis()).setTickUnit(new NumberTickUnit(.1));
        Style.grid(plot);
        return Style.chart(title, plot, true);
    }

    private static XYSeries series(ColumnCurves column) {
        var series = new XYSeries(column.title());
        double last = -1;
        for (Roc.Point point : column.roc()) {
            if (point.caught() != last) {
                series.add(point.falseMatchRate(), point.caught());
                last = point.caught();
            }
        }
        series.add(1, 1);
        return series;
    }
}
