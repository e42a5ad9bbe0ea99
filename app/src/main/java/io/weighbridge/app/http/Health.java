package io.weighbridge.app.http;

import io.weighbridge.app.index.Restoring;
import java.util.Map;

/** How the process fares. Asked by probes every few seconds, so it answers from memory or within a second. */
public interface Health {

    /** The state of each part by its name, such as {@code hasher → RUNNING}. */
    Map<String, String> states();

    /** How far the stores of a role are read back, by store; empty if the role is not here or restores nothing. */
    default Map<String, Restoring> restoring(String role) {
        return Map.of();
    }

    /** Whether the process should be let alone: every topology is running or rebalancing. */
    boolean live();

    /** Whether it does its work: every topology is running and restored, and what it needs can be reached. */
    boolean ready();
}
