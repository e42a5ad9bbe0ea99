package io.weighbridge.schemas;

import java.util.Map;
import java.util.UUID;

/** Topics whose schema registry lives in memory. */
public final class TestTopics {

    private TestTopics() {}

    /** Settings with a registry of their own; give the same settings to all that must understand each other. */
    public static Settings mock() {
        return new Settings(Map.of("schema.registry.url", "mock://" + UUID.randomUUID()));
    }

    /** Topics with a registry of their own. */
    public static Topics mockTopics() {
        return Topics.of(mock());
    }
}
