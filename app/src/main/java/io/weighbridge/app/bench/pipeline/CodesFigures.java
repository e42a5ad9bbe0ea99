package io.weighbridge.app.bench.pipeline;

import io.weighbridge.app.bench.pipeline.AlertWatch.Difference;

/**
 * Codes through the matcher.
 *
 * @param instances processes of the matcher
 * @param uploads that came at full speed
 * @param uploadsPerSecond of those, from the first being sent to the last alert
 * @param perSecond the fixed rate
 * @param latency of the alerts of uploads at the fixed rate
 * @param messages on the topic between splitting and joining, for each upload
 * @param messageBytes of each, on a broker's disk
 * @param repartitionBytes on that topic, for each upload
 * @param changelogBytes on the topics that state is restored from, for each upload
 * @param alerts that were expected in all
 * @param difference of the alerts from the plain loop's; none if all is well
 */
public record CodesFigures(
        int instances,
        int uploads,
        double uploadsPerSecond,
        double perSecond,
        Percentiles latency,
        double messages,
        double messageBytes,
        double repartitionBytes,
        double changelogBytes,
        int alerts,
        Difference difference) {}
