package io.weighbridge.app.client;

/**
 * How far a consumer group is behind in one partition.
 *
 * @param lag records, those of open transactions not counted
 */
public record GroupLag(String group, String topic, int partition, long lag) {}
