package io.weighbridge.app.evaluate.chart;

import io.weighbridge.app.evaluate.figures.ColumnCurves;
import io.weighbridge.app.evaluate.figures.LibraryFigures;
import io.weighbridge.app.evaluate.figures.Threshold;
import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Draws the charts of a library. */
public final class Charts {

    private static final int WIDTH = 860;

    private final LibraryFigures figures;
    private final Path folder;
    private final String prefix;

    private Charts(LibraryFigures figures, Path folder, String prefix) {
        this.figures = figures;
        this.folder = folder;
        this.prefix = prefix;
    }

    /** Writes {@code roc.svg}, {@code changes.svg} and {@code calibration.svg}, and for each single principal column {@code distances-COLUMN.svg}. */
    public static void all(LibraryFigures figures, Path folder) throws IOException {
        some(figures, folder, "");
        var charts = new Charts(figures, folder, "");
        for (var column : figures.curves()) {
            if (isSingle(column)) {
                charts.distances(column);
            }
        }
    }

    /**
     * Writes all but the distances.
     *
     * @param prefix of the files' names
     */
    public static void some(LibraryFigures figures, Path folder, String prefix) throws IOException {
        var charts = new Charts(figures, folder, prefix);
        charts.roc();
        charts.changes();
        charts.calibration();
    }

    private void roc() throws IOException {
        var chart = RocChart.of("Copies caught at each false match rate", figures.curves());
        SvgFile.write(chart, WIDTH, 480, file("roc"));
    }

    private void changes() throws IOException {
        var all = Stream.concat(figures.principal().stream(), figures.variants().stream())
                .toList();
        var chart = new ChangeChart(all);
        var drawn = chart.draw("Copies caught at a false match rate of 10⁻⁴, in percent");
        SvgFile.write(drawn, chart.width(), chart.height(), file("changes"));
    }

    private void calibration() throws IOException {
        var singles = figures.curves().stream().filter(Charts::isSingle).toList();
        var chart = CalibrationChart.of("False match rate: predicted and seen", singles);
        SvgFile.write(chart, WIDTH, 520, file("calibration"));
    }

    private void distances(ColumnCurves column) throws IOException {
        var threshold = figures.principal().stream()
                .filter(principal -> principal.id().equals(column.id()))
                .flatMap(principal -> principal.thresholds().stream())
                .mapToDouble(Charts::share)
                .findFirst();
        var chart = DistanceChart.of(column.title() + ": copies (blue) and strangers (grey)", column, threshold);
        SvgFile.write(chart, WIDTH, DistanceChart.height(column), file("distances-" + column.id()));
    }

    private static double share(Threshold threshold) {
        return (double) threshold.ownBits() / threshold.bits();
    }

    private static boolean isSingle(ColumnCurves column) {
        return !column.calibration().isEmpty();
    }

    private Path file(String name) {
        return folder.resolve(prefix + name + ".svg");
    }
}
