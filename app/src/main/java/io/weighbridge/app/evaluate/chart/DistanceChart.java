package io.weighbridge.app.evaluate.chart;

import io.weighbridge.app.evaluate.figures.ColumnCurves;
import io.weighbridge.app.evaluate.figures.Histogram;
import java.awt.Color;
import java.util.OptionalDouble;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.AxisLocation;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.axis.NumberTickUnit;
import org.jfree.chart.plot.CombinedDomainXYPlot;
import org.jfree.chart.plot.ValueMarker;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.XYStepAreaRenderer;
import org.jfree.data.xy.XYSeries;
import org.jfree.data.xy.XYSeriesCollection;

/** How far copies are from their original, a panel for each change, before the strangers in grey. Every panel has its own scale: shares of its pairs. */
final class DistanceChart {

    static final int PANEL_HEIGHT = 44;
    static final int FRAME_HEIGHT = 120;

    private static final double SHOWN = .62;

    private DistanceChart() {}

    /**
     * The chart of a column.
     *
     * @param threshold as a share of the bits; drawn if it is there
     */
    static JFreeChart of(String title, ColumnCurves column, OptionalDouble threshold) {
        var distances = column.distances();
        var strangers = distances.get(distances.size() - 1);
        var axis = Style.numbers("distance: share of the bits that differ", 0, SHOWN);
        axis.setTickUnit(new NumberTickUnit(.1));
        var panels = new CombinedDomainXYPlot(axis);
        panels.setGap(6);
        for (int i = 0; i < distances.size() - 1; i++) {
            panels.add(panel(distances.get(i), strangers, i, threshold));
        }
        return Style.chart(title, panels, false);
    }

    static int height(ColumnCurves column) {
        return FRAME_HEIGHT + PANEL_HEIGHT * (column.distances().size() - 1);
    }

    private static XYPlot panel(Histogram copies, Histogram strangers, int index, OptionalDouble threshold) {
        var plot = new XYPlot();
        plot.setRangeAxis(rangeAxis(copies.name()));
        // At the right, where names begin at the panel whatever font they are shown in.
        plot.setRangeAxisLocation(AxisLocation.BOTTOM_OR_RIGHT);
        area(plot, 0, strangers, Style.STRANGERS);
        area(plot, 1, copies, Style.COLOURS.get(1));
        threshold.ifPresent(at -> {
            var marker = new ValueMarker(at, Style.COLOURS.get(2), Style.dashed(1.2f));
            plot.addDomainMarker(marker);
        });
        Style.grid(plot);
        plot.setRangeGridlinesVisible(false);
        plot.setOutlinePaint(Style.GRID);
        plot.setBackgroundPaint(Color.WHITE);
        return plot;
    }

    private static NumberAxis rangeAxis(String change) {
        var axis = Style.numbers(change, 0, 1.05);
        axis.setTickLabelsVisible(false);
        axis.setTickMarksVisible(false);
        axis.setLabelAngle(-Math.PI / 2);
        return axis;
    }

    private static void area(XYPlot plot, int index, Histogram histogram, Color colour) {
        var renderer = new XYStepAreaRenderer(XYStepAreaRenderer.AREA);
        renderer.setSeriesPaint(0, new Color(colour.getRed(), colour.getGreen(), colour.getBlue(), 170));
        renderer.setOutline(false);
        plot.setDataset(index, steps(histogram));
        plot.setRenderer(index, renderer);
    }

    /** Heights relative to the fullest bin. */
    private static XYSeriesCollection steps(Histogram histogram) {
        var series = new XYSeries(histogram.name());
        double fullest =
                histogram.counts().stream().mapToInt(Integer::intValue).max().orElse(1);
        double last = 0;
        for (int bin = 0; bin < histogram.counts().size(); bin++) {
            double height = histogram.counts().get(bin) / fullest;
            if (height != last || bin == 0) {
                series.add(bin / 100.0, height);
                last = height;
            }
        }
        series.add(histogram.counts().size() / 100.0, 0);
        return new XYSeriesCollection(series);
    }
}
