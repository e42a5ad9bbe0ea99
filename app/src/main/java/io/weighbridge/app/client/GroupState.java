package io.weighbridge.app.client;

/**
 * A consumer group as the broker knows it.
 *
 * @param state such as Stable or Empty
 * @param members consumers in it
 */
public record GroupState(String group, String state, int members) {}
