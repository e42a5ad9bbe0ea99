package io.weighbridge.app.http;

import java.util.Map;

/** How the process fares. Asked by probes every few seconds, so it answers from memory or within a second. */
public interface Health {

    /** The state of each part by its name, such as {@code hasher → RUNNING}. */
    Map<String, String> states();

    /** Whether the process should be let alone: every topology is running or rebalancing. */
    boolean live();

    /** Whether it does its work: every topology is running and restored, and what it needs can be reached. */
    boolean ready();
}
