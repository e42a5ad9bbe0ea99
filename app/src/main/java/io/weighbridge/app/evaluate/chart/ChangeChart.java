package io.weighbridge.app.evaluate.chart;

import io.weighbridge.app.evaluate.figures.Caught;
import io.weighbridge.app.evaluate.figures.ChangeFigures;
import io.weighbridge.app.evaluate.figures.ColumnFigures;
import java.awt.Color;
import java.util.List;
import java.util.Locale;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.annotations.XYBoxAnnotation;
import org.jfree.chart.annotations.XYTextAnnotation;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.chart.ui.TextAnchor;
import org.jfree.data.xy.XYSeriesCollection;

/**
 * Every column against every change: the darker, the more is caught. In each field the percentage, cut off, so that only all is 100. Names begin at
 * the fields, whatever font they are shown in.
 */
final class ChangeChart {

    private static final int FIELD_WIDTH = 32;
    private static final int FIELD_HEIGHT = 22;
    private static final int NAME_WIDTH = 350;
    private static final int NAME_HEIGHT = 190;
    private static final int FRAME_WIDTH = 24;
    private static final int FRAME_HEIGHT = 46;
    private static final double GAP = .03;

    private static final Color NONE = new Color(0xF2F2F2);
    private static final Color ALL = new Color(0x08519C);
    private static final double DARK = .55;

    private final List<ColumnFigures> columns;
    private final List<String> changes;
    private final XYPlot plot = new XYPlot();

    ChangeChart(List<ColumnFigures> columns) {
        this.columns = columns;
        this.changes = columns.get(0).changes().stream()
                .filter(change -> change.kept().isPresent())
                .map(ChangeFigures::change)
                .toList();
    }

    JFreeChart draw(String title) {
        double names = (double) NAME_HEIGHT / FIELD_HEIGHT;
        plot.setDataset(new XYSeriesCollection());
        plot.setRenderer(new XYLineAndShapeRenderer());
        plot.setDomainAxis(Style.numbers(null, 0, changes.size() + (double) NAME_WIDTH / FIELD_WIDTH));
        plot.setRangeAxis(Style.numbers(null, -columns.size(), names));
        plot.getDomainAxis().setVisible(false);
        plot.getRangeAxis().setVisible(false);
        plot.setDomainGridlinesVisible(false);
        plot.setRangeGridlinesVisible(false);
        for (int c = 0; c < changes.size(); c++) {
            text(changes.get(c), c + .5, .3, 12, TextAnchor.CENTER_LEFT, Style.TEXT)
                    .setRotationAngle(-Math.PI / 2);
        }
        for (int row = 0; row < columns.size(); row++) {
            text(columns.get(row).title(), changes.size() + .3, -row - .5, 12, TextAnchor.CENTER_LEFT, Style.TEXT);
            fields(row);
        }
        var chart = Style.chart(title, plot, false);
        plot.setOutlineVisible(false);
        return chart;
    }

    int width() {
        return FRAME_WIDTH + NAME_WIDTH + FIELD_WIDTH * changes.size();
    }

    int height() {
        return FRAME_HEIGHT + NAME_HEIGHT + FIELD_HEIGHT * columns.size();
    }

    private void fields(int row) {
        for (int c = 0; c < changes.size(); c++) {
            double share = share(columns.get(row), changes.get(c));
            plot.addAnnotation(
                    new XYBoxAnnotation(c + GAP, -row - 1 + GAP, c + 1 - GAP, -row - GAP, null, null, blue(share)));
        }
        for (int c = 0; c < changes.size(); c++) {
            double share = share(columns.get(row), changes.get(c));
            var colour = share > DARK ? Color.WHITE : Style.TEXT;
            text(percent(share), c + .5, -row - .5, 10, TextAnchor.CENTER, colour);
        }
    }

    private XYTextAnnotation text(String text, double x, double y, float size, TextAnchor anchor, Color colour) {
        var annotation = new XYTextAnnotation(text, x, y);
        annotation.setFont(Style.font().deriveFont(size));
        annotation.setTextAnchor(anchor);
        annotation.setRotationAnchor(anchor);
        annotation.setPaint(colour);
        plot.addAnnotation(annotation);
        return annotation;
    }

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

    private static Color blue(double share) {
        return new Color(
                between(NONE.getRed(), ALL.getRed(), share),
                between(NONE.getGreen(), ALL.getGreen(), share),
                between(NONE.getBlue(), ALL.getBlue(), share));
    }

    private static int between(int from, int to, double share) {
        return (int) Math.round(from + (to - from) * share);
    }
}
