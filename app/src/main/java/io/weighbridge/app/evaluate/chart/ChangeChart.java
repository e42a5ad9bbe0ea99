package io.weighbridge.app.evaluate.chart;

import io.weighbridge.app.evaluate.figures.Caught;
import io.weighbridge.app.evaluate.figures.ChangeFigures;
import io.weighbridge.app.evaluate.figures.ColumnFigures;
import java.awt.Color;
import java.awt.Paint;
import java.util.List;
import java.util.Locale;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.annotations.XYTextAnnotation;
import org.jfree.chart.axis.AxisLocation;
import org.jfree.chart.axis.SymbolAxis;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.PaintScale;
import org.jfree.chart.renderer.xy.XYBlockRenderer;
import org.jfree.chart.ui.TextAnchor;
import org.jfree.data.xy.DefaultXYZDataset;

/** Every column against every change: the darker, the more is caught. In each field the percentage. */
final class ChangeChart {

    static final int ROW_HEIGHT = 22;
    static final int COLUMN_WIDTH = 34;

    private static final Color NONE = new Color(0xF4F4F4);
    private static final Color ALL = new Color(0x08519C);
    private static final double HALF_DARK = .6;

    private ChangeChart() {}

    static JFreeChart of(String title, List<ColumnFigures> columns) {
        var changes = changes(columns);
        var renderer = new XYBlockRenderer();
        renderer.setPaintScale(new Blues());
        renderer.setBlockWidth(.96);
        renderer.setBlockHeight(.94);
        var plot = new XYPlot(
                data(columns, changes),
                axis(changes.toArray(String[]::new)),
                axis(columns.stream().map(ColumnFigures::title).toArray(String[]::new)),
                renderer);
        plot.setDomainAxisLocation(AxisLocation.TOP_OR_LEFT);
        plot.getDomainAxis().setVerticalTickLabels(true);
        plot.getRangeAxis().setInverted(true);
        plot.setDomainGridlinesVisible(false);
        plot.setRangeGridlinesVisible(false);
        annotate(plot, columns, changes);
        return Style.chart(title, plot, false);
    }

    static int width(List<ColumnFigures> columns) {
        return 340 + COLUMN_WIDTH * changes(columns).size();
    }

    static int height(List<ColumnFigures> columns) {
        return 230 + ROW_HEIGHT * columns.size();
    }

    private static List<String> changes(List<ColumnFigures> columns) {
        return columns.get(0).changes().stream()
                .filter(change -> change.kept().isPresent())
                .map(ChangeFigures::change)
                .toList();
    }

    private static DefaultXYZDataset data(List<ColumnFigures> columns, List<String> changes) {
        var values = new double[3][columns.size() * changes.size()];
        for (int row = 0; row < columns.size(); row++) {
            for (int c = 0; c < changes.size(); c++) {
                int at = row * changes.size() + c;
                values[0][at] = c;
                values[1][at] = row;
                values[2][at] = share(columns.get(row), changes.get(c));
            }
        }
        var data = new DefaultXYZDataset();
        data.addSeries("caught", values);
        return data;
    }

    private static void annotate(XYPlot plot, List<ColumnFigures> columns, List<String> changes) {
        for (int row = 0; row < columns.size(); row++) {
            for (int c = 0; c < changes.size(); c++) {
                double share = share(columns.get(row), changes.get(c));
                var text = new XYTextAnnotation(percent(share), c, row);
                text.setFont(Style.font().deriveFont(10f));
                text.setTextAnchor(TextAnchor.CENTER);
                text.setPaint(share > HALF_DARK ? Color.WHITE : Style.TEXT);
                plot.addAnnotation(text);
            }
        }
    }

    /** Rounded down, so that only all is 100. */
    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.0f", Math.floor(100 * share + 1e-9));
    }

    private static double share(ColumnFigures column, String change) {
        return column.changes().stream()
                .filter(figures -> figures.change().equals(change))
                .findFirst()
                .flatMap(ChangeFigures::kept)
                .map(Caught::share)
                .orElseThrow();
    }

    private static SymbolAxis axis(String[] names) {
        var axis = new SymbolAxis(null, names);
        axis.setGridBandsVisible(false);
        axis.setRange(-.5, names.length - .5);
        Style.look(axis);
        axis.setTickMarksVisible(false);
        axis.setAxisLineVisible(false);
        return axis;
    }

    private static final class Blues implements PaintScale {

        @Override
        public double getLowerBound() {
            return 0;
        }

        @Override
        public double getUpperBound() {
            return 1;
        }

        @Override
        public Paint getPaint(double share) {
            return new Color(
                    between(NONE.getRed(), ALL.getRed(), share),
                    between(NONE.getGreen(), ALL.getGreen(), share),
                    between(NONE.getBlue(), ALL.getBlue(), share));
        }

        private static int between(int from, int to, double share) {
            return (int) Math.round(from + (to - from) * share);
        }
    }
}
