package io.weighbridge.app.bench.pipeline;

import java.util.List;

/**
 * Small models through all roles.
 *
 * @param uploads how many, all at once
 * @param scannedPerSecond from the first upload to the last outcome
 * @param latency from upload event to first alert
 * @param wrong repositories that did not come to what they should
 */
public record ModelsFigures(int uploads, double scannedPerSecond, Percentiles latency, List<String> wrong) {}
