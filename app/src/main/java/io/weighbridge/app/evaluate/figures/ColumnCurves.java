package io.weighbridge.app.evaluate.figures;

import java.util.List;

/**
 * The curves of a principal column.
 *
 * @param distances a histogram for each change, then one of the strangers; the distance is that of the nearest algorithm
 * @param calibration empty for several algorithms
 */
public record ColumnCurves(
        String id, String title, List<Roc.Point> roc, List<Histogram> distances, List<CalibrationPoint> calibration) {}
