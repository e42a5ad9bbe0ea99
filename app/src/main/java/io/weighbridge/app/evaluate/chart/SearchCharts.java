package io.weighbridge.app.evaluate.chart;

import io.weighbridge.app.bench.search.CodeSet;
import io.weighbridge.app.bench.search.RadiusFigures;
import io.weighbridge.app.bench.search.SearchFigures;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.data.xy.XYSeries;
import org.jfree.data.xy.XYSeriesCollection;

/** Draws how long a query takes, a line for each way of searching. */
public final class SearchCharts {

    private static final int WIDTH = 860;
    private static final int HEIGHT = 480;
    private static final double NANOS_A_MILLI = 1e6;

    /** One way of searching. */
    private record Way(String name, Function<RadiusFigures, OptionalLong> nanos) {}

    private static final List<Way> WAYS = List.of(
            new Way("adaptive", radius -> OptionalLong.of(radius.chosenNanos())),
            new Way("scan", radius -> OptionalLong.of(radius.scanNanos())),
            new Way("scan in batches", radius -> OptionalLong.of(radius.batchNanos())),
            new Way("look-ups", RadiusFigures::lookupNanos),
            new Way(
                    "FAISS flat",
                    radius -> radius.faiss().isEmpty()
                            ? OptionalLong.empty()
                            : OptionalLong.of(radius.faiss().get().flatNanos())),
            new Way(
                    "FAISS MultiHash",
                    radius -> radius.faiss().isEmpty()
                            ? OptionalLong.empty()
                            : radius.faiss().get().hashNanos()));

    private SearchCharts() {}

    /** A measurement and one radius of it. */
    private record Point(CodeSet codes, RadiusFigures radius) {}

    /**
     * Writes {@code search-radius.svg}, of the largest set of codes, and, if there are several, {@code search-codes.svg}, of the radius that is
     * nearest to an eighth of the bits; clustered codes have {@code search-clustered-} in the names.
     *
     * @param all at least one, of codes of one kind and length
     */
    public static void write(List<SearchFigures> all, Path folder) throws IOException {
        var largest = all.stream()
                .max(Comparator.comparingInt(figures -> figures.codes().size()))
                .orElseThrow();
        var codes = largest.codes();
        String kind = codes.clustered() ? "clustered" : "uniform";
        String prefix = codes.clustered() ? "search-clustered-" : "search-";
        var byRadius =
                largest.radii().stream().map(radius -> new Point(codes, radius)).toList();
        write(
                String.format(Locale.ROOT, "One query among %,d %s codes of %d bits", codes.size(), kind, codes.bits()),
                byRadius,
                point -> point.radius().radiusBits(),
                Style.numbers(
                        "radius in bits",
                        0,
                        1.05 * most(byRadius, point -> point.radius().radiusBits())),
                folder.resolve(prefix + "radius.svg"));
        if (all.size() > 1) {
            var byCodes = all.stream().map(SearchCharts::atAnEighth).toList();
            write(
                    String.format(
                            Locale.ROOT,
                            "One query within %d bits among %s codes of %d bits",
                            byCodes.get(0).radius().radiusBits(),
                            kind,
                            codes.bits()),
                    byCodes,
                    point -> point.codes().size(),
                    Style.powers(
                            "codes",
                            .9 * -most(byCodes, point -> -point.codes().size()),
                            1.1 * most(byCodes, point -> point.codes().size())),
                    folder.resolve(prefix + "codes.svg"));
        }
    }

    private static Point atAnEighth(SearchFigures figures) {
        int eighth = figures.codes().bits() / 8;
        return figures.radii().stream()
                .min(Comparator.comparingInt(radius -> Math.abs(radius.radiusBits() - eighth)))
                .map(radius -> new Point(figures.codes(), radius))
                .orElseThrow();
    }

    private static void write(String title, List<Point> points, ToDoubleFunction<Point> x, ValueAxis across, Path file)
            throws IOException {
        var data = new XYSeriesCollection();
        var renderer = new XYLineAndShapeRenderer();
        for (int way = 0; way < WAYS.size(); way++) {
            var series = series(WAYS.get(way), points, x);
            if (!series.isEmpty()) {
                int drawn = data.getSeriesCount();
                renderer.setSeriesPaint(drawn, Style.colour(way));
                renderer.setSeriesStroke(drawn, way == 0 ? Style.line(2.6f) : Style.line(1.8f));
                data.addSeries(series);
            }
        }
        double least = data.getRangeLowerBound(false);
        double most = data.getRangeUpperBound(false);
        var plot =
                new XYPlot(data, across, Style.powers("milliseconds of one core", least / 1.5, most * 1.5), renderer);
        Style.grid(plot);
        SvgFile.write(Style.chart(title, plot, true), WIDTH, HEIGHT, file);
    }

    private static XYSeries series(Way way, List<Point> points, ToDoubleFunction<Point> x) {
        var series = new XYSeries(way.name());
        for (var point : points) {
            way.nanos()
                    .apply(point.radius())
                    .ifPresent(nanos -> series.add(x.applyAsDouble(point), nanos / NANOS_A_MILLI));
        }
        return series;
    }

    private static double most(List<Point> points, ToDoubleFunction<Point> x) {
        return points.stream().mapToDouble(x).max().orElseThrow();
    }
}
