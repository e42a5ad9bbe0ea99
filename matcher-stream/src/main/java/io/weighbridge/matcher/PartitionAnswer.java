package io.weighbridge.matcher;

import java.util.List;

/**
 * What one partition of the index knows near a code.
 *
 * @param found how many protected models are within the radius
 * @param models the nearest of them, nearest first
 * @param baselines the nearest public baselines within the radius, nearest first; every partition keeps all of them
 * @param nearestBaseline at whatever distance; null if there is none
 */
public record PartitionAnswer(
        int partition, long found, List<NearModel> models, List<NearModel> baselines, NearModel nearestBaseline) {

    public PartitionAnswer {
        models = List.copyOf(models);
        baselines = List.copyOf(baselines);
    }
}
