package io.weighbridge.app.evaluate.chart;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Paint;
import java.util.List;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.LogAxis;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.axis.NumberTickUnit;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.chart.block.BlockBorder;
import org.jfree.chart.plot.Plot;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.title.TextTitle;
import org.jfree.chart.ui.HorizontalAlignment;
import org.jfree.chart.ui.RectangleEdge;
import org.jfree.chart.ui.RectangleInsets;

/** How all charts look: dark on white, so that they can be read on light and dark pages. */
final class Style {

    /** Colours that people who do not see all colours tell apart (Okabe and Ito, without the yellow). */
    static final List<Color> COLOURS = List.of(
            new Color(0x000000),
            new Color(0x0072B2),
            new Color(0xD55E00),
            new Color(0x009E73),
            new Color(0xCC79A7),
            new Color(0x56B4E9),
            new Color(0xE69F00));

    static final Color STRANGERS = new Color(0x9A9A9A);
    static final Color GRID = new Color(0xDDDDDD);
    static final Color TEXT = new Color(0x222222);

    private static final Font LABEL = new Font(Font.SANS_SERIF, Font.PLAIN, 12);
    private static final Font TITLE = new Font(Font.SANS_SERIF, Font.BOLD, 14);

    private Style() {}

    static Font font() {
        return LABEL;
    }

    static BasicStroke line(float width) {
        return new BasicStroke(width, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND);
    }

    static BasicStroke dashed(float width) {
        return new BasicStroke(width, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1, new float[] {5, 4}, 0);
    }

    static Paint colour(int series) {
        return COLOURS.get(series % COLOURS.size());
    }

    /** A chart with a title and, if asked for, a legend below. */
    static JFreeChart chart(String title, Plot plot, boolean legend) {
        var chart = new JFreeChart(null, LABEL, plot, legend);
        chart.setTitle(title(title));
        chart.setBackgroundPaint(Color.WHITE);
        chart.setPadding(new RectangleInsets(8, 8, 8, 16));
        plot.setBackgroundPaint(Color.WHITE);
        plot.setOutlinePaint(GRID);
        if (legend) {
            chart.getLegend().setItemFont(LABEL);
            chart.getLegend().setItemPaint(TEXT);
            chart.getLegend().setPosition(RectangleEdge.BOTTOM);
            chart.getLegend().setFrame(BlockBorder.NONE);
        }
        return chart;
    }

    static void grid(XYPlot plot) {
        plot.setDomainGridlinePaint(GRID);
        plot.setRangeGridlinePaint(GRID);
        plot.setDomainGridlineStroke(line(1));
        plot.setRangeGridlineStroke(line(1));
        plot.setAxisOffset(RectangleInsets.ZERO_INSETS);
    }

    static NumberAxis numbers(String label, double from, double to) {
        var axis = new NumberAxis(label);
        axis.setRange(from, to);
        look(axis);
        return axis;
    }

    /** Powers of ten. */
    static LogAxis powers(String label, double from, double to) {
        var axis = new LogAxis(label);
        axis.setRange(from, to);
        axis.setNumberFormatOverride(new PowerOfTen());
        axis.setTickUnit(new NumberTickUnit(1));
        axis.setMinorTickMarksVisible(false);
        look(axis);
        return axis;
    }

    static void look(ValueAxis axis) {
        axis.setLabelFont(LABEL);
        axis.setTickLabelFont(LABEL);
        axis.setLabelPaint(TEXT);
        axis.setTickLabelPaint(TEXT);
        axis.setAxisLinePaint(STRANGERS);
        axis.setTickMarkPaint(STRANGERS);
    }

    private static TextTitle title(String text) {
        var title = new TextTitle(text, TITLE);
        title.setPaint(TEXT);
        title.setHorizontalAlignment(HorizontalAlignment.LEFT);
        title.setPadding(0, 4, 8, 0);
        return title;
    }
}
