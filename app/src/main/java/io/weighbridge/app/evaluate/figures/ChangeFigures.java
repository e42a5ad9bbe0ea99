package io.weighbridge.app.evaluate.figures;

import java.util.Optional;

/**
 * How the copies made by one change fare.
 *
 * @param kind {@code copy} or {@code same}
 * @param areaUnderCurve over these copies and all strangers
 * @param kept copies that kept their accuracy; empty if there are none
 * @param destroyed copies that lost it ({@link KeptAccuracy})
 */
public record ChangeFigures(
        String change, String kind, double areaUnderCurve, Optional<Caught> kept, Optional<Caught> destroyed) {}
