package io.weighbridge.app.bench.pipeline;

import io.weighbridge.app.bench.pipeline.AlertWatch.Difference;

/**
 * A model that is protected after its copies were uploaded, while others arrive.
 *
 * @param kept uploads that were there before
 * @param uploadsPerSecond at which they came
 * @param indexBytes of memory that all codes take
 * @param earlierAlerts of those uploads, for the new model
 * @param lastSeconds from the event that protects it to the last of them
 * @param perSecond live uploads
 * @param before latency of their alerts before the model was protected
 * @param during latency of the alerts of those that came within a second of the search
 * @param alerts that were expected in all
 * @param difference of the alerts from the plain loop's; none if all is well
 */
public record RetroactiveFigures(
        int kept,
        double uploadsPerSecond,
        long indexBytes,
        int earlierAlerts,
        double lastSeconds,
        double perSecond,
        Percentiles before,
        Percentiles during,
        int alerts,
        Difference difference) {}
